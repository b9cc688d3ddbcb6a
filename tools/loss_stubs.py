"""Write `losses/modules/__init__.pyi`: how the classes look to type checkers and editors.

    python -m tools.loss_stubs

The classes themselves are made when the package is imported, where no checker can see them.
"""

import inspect
import subprocess
import sys
from pathlib import Path

import losses
from losses import modules
from losses.modules import LossModule

FILE = Path(modules.__file__).with_suffix(".pyi")
COMMAND = "python -m tools.loss_stubs"
HEAD = f'''"""How the classes look that `__init__.py` makes of the functions.

Written by `{COMMAND}`.
"""
# ruff: noqa: E501, RUF022

from typing import Literal

import torch

from losses.arguments import Scalar
from losses.modules.adaptive import AdaptiveLoss as AdaptiveLoss
from losses.modules.base import LossModule as LossModule
from losses.reduction import Reduction

'''
SHORT = {
    "Literal['none', 'mean', 'sum']": "Reduction",
    "float | torch.Tensor": "Scalar",
}


def _head(name: str, signature: inspect.Signature) -> str:
    text = f"def {name}{signature}: ..."
    for long, short in SHORT.items():
        text = text.replace(long, short)
    return text


def _class(made: type[LossModule]) -> str:
    """Its constructor, its calls, and the first line of what it says of itself."""
    lines = [
        f"class {made.__name__}(LossModule):",
        f'    """{(made.__doc__ or "").partition(chr(10))[0]}"""',
        "",
        f"    {_head('__init__', inspect.signature(made.__init__))}",
        f"    {_head('__call__', inspect.signature(made.forward))}",
    ]
    return "\n".join(lines)


def text() -> str:
    """What the file must hold."""
    made = [one for name in modules.__all__ if hasattr(one := getattr(losses, name), "function")]
    listed = ", ".join(f'"{name}"' for name in modules.__all__)
    source = HEAD + f"__all__ = [{listed}]\n\n" + "\n\n".join(_class(one) for one in made) + "\n"
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--stdin-filename", FILE, "-"],
        input=source,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
