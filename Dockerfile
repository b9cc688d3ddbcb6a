# An image is named by what it holds, not by its tag alone, which moves; Dependabot proposes the next.
FROM python:3.11-slim@sha256:e41613d42d4891e4930f79523f93f81bbc7632584ec65e36ab055f41a800b41e

# Where torch comes from: PyTorch's index of small CPU builds, of one CUDA version
# (https://download.pytorch.org/whl/cu130), or, when empty, PyPI, whose Linux build brings CUDA.
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu

RUN useradd --create-home --uid 10001 lab
USER 10001
WORKDIR /home/lab/loss-lab

ENV HOST=0.0.0.0 \
    PORT=8501 \
    LOSS_LAB_CACHE=/home/lab/cache \
    PATH=/home/lab/environment/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1

RUN python -m venv /home/lab/environment \
    && mkdir /home/lab/rooms

COPY requirements.txt ./
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock \
    && pip install --no-cache-dir ${TORCH_INDEX:+--extra-index-url "$TORCH_INDEX"} \
        -r requirements.txt

COPY . ./
RUN python -m live.warm_up

EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import os, urllib.request; \
urllib.request.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/_stcore/health', timeout=4)"]
CMD ["python", "-m", "live.launch"]
