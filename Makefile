# make run      install what is missing and start the app on http://127.0.0.1:8501
# make test     install what is missing and run every test
# make soak     ten minutes of visitors, strangers and crashes
# make lint     check the form of Python, JavaScript and CSS, as the tests do
# make site     write the whole lab as a static site into the folder SITE
# make bundles  bundle our modules and Streamlit's front end anew, after a change of either
# make lock     write the locks and docs/licences.md anew, after a change of requirements*.txt
# make clean    remove the virtual environment, the node modules and every cache
#
# PYTHON=…  the interpreter the virtual environment is made with (default: python3.11)
# HOST=…    the address to listen on; 0.0.0.0 for every address of the machine
# PORT=…    the port to listen on
# TORCH=…   which of PyTorch's own builds to install: cpu, cu130, … (see README.md)
# SITE=…    the folder that make site writes (default: site)
# ADDRESS=… where that folder will be published, for its site map and its social pictures
# ARGS=…    more arguments for pytest or the soak: make test ARGS='-k huber'

SHELL := /bin/bash
.DEFAULT_GOAL := run
.DELETE_ON_ERROR:
.PHONY: run test soak lint site bundles lock clean

PYTHON ?= python3.11
TORCH ?=
SITE ?= site
ADDRESS ?=
WORKERS ?= 2
export HOST ?= 127.0.0.1
export PORT ?= 8501
export PIP_DISABLE_PIP_VERSION_CHECK := 1

python := .venv/bin/python
torch_index := $(TORCH:%=--extra-index-url https://download.pytorch.org/whl/%)
installed := .venv/.installed
installed_for_tests := .venv/.installed-for-tests
installed_for_lint := node_modules/.installed

run: $(installed)
	@exec $(python) -m live.launch

test: $(installed_for_tests) $(installed_for_lint)
	@exec $(python) -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

soak: $(installed_for_tests)
	@exec $(python) -m tests.soak $(ARGS)

lint: $(installed_for_tests) $(installed_for_lint)
	@exec $(python) -m tools.lint

site: $(installed_for_tests)
	@exec $(python) -m tools.site $(SITE) $(ADDRESS:%=--address %)

bundles: $(installed_for_tests) $(installed_for_lint)
	@exec $(python) -m tools.bundle

# Torch is left out, so that its build can be chosen; pyproject.toml says what it needs.
lock := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
  --no-emit-package torch --custom-compile-command 'make lock'
lock: $(installed_for_tests)
	$(python) -m $(lock) requirements.txt -o requirements.lock
	$(python) -m $(lock) requirements-dev.txt --constraints requirements.lock -o requirements-dev.lock
	$(MAKE) $(installed_for_tests)
	$(python) -m tools.licences

clean:
	rm -rf .venv node_modules .cache .pytest_cache .hypothesis .ruff_cache test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(python):
	@command -v $(PYTHON) >/dev/null \
	  || { echo "$(PYTHON) is not installed. Name another Python 3.11 or newer: make PYTHON=python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Loss Lab needs Python 3.11 or newer; $(PYTHON) is older" >&2; exit 1; }
	$(PYTHON) -m venv .venv

# Nothing is installed but files whose hashes the lock holds; then torch, from where it was chosen.
$(installed): requirements.txt requirements.lock | $(python)
	$(python) -m pip install --quiet --require-hashes -r requirements.lock
	$(python) -m pip install --quiet $(torch_index) -r requirements.txt
	@touch $@

$(installed_for_tests): requirements-dev.txt requirements-dev.lock $(installed)
	$(python) -m pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

# npm, too, lies in the virtual environment: a wheel brought it.
$(installed_for_lint): package.json package-lock.json $(installed_for_tests)
	.venv/bin/npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
