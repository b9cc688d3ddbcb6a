"""What the classes of all losses share: options that are remembered, tested once, and shown."""

import inspect
from collections.abc import Mapping
from typing import Any, ClassVar

import torch
from torch import nn

from losses.modules.form import Function, is_per_class
from losses.modules.trial import try_options


class LossModule(nn.Module):
    """A loss that remembers its options; the classes of all losses are made from it.

    Numbers, names and `None` are plain attributes. A tensor is a buffer: `.to()` moves it and
    `state_dict` holds it, as it does class weights. A `torch.nn.Parameter` is learnt; nobody checks
    then that it stays in its range. The losses have no other state, and do the same in training and
    in evaluation.

    They can be pickled and copied, compiled whole, and exported by `torch.export`. A model that
    `torch.jit.script` compiles may hold one, if it gives all inputs by place, the weight too
    (`None` for none); losses whose inputs can only be given by name, such as `KLDivergence`, it
    does not take. The script calls back into Python, and torch saves no script that does. What
    `torch.jit.trace` makes of a loss, it saves: it knows one reduction, one shape, and whether
    there are weights, and looks at no values.
    """

    function: ClassVar[Function]
    """What is called."""
    options: ClassVar[Mapping[str, inspect.Parameter]]
    """The arguments of the constructor, in the form in which the function has them."""

    def _remember(self, given: Mapping[str, Any]) -> None:
        """Keep the options, with the defaults of those that are not given.

        Raises:
            TypeError, ValueError: for an option that is missing, that the loss does not have, or
                whose value it does not allow.
        """
        name = type(self).__name__
        if unknown := given.keys() - self.options.keys():
            raise TypeError(
                f"{name} has no option {', '.join(sorted(unknown))}; "
                f"its options are {', '.join(self.options)}"
            )
        values = {key: given.get(key, one.default) for key, one in self.options.items()}
        if missing := [key for key, value in values.items() if value is inspect.Parameter.empty]:
            raise TypeError(f"{name} must be given {', '.join(missing)}")
        try_options(self.function, values)
        for key, value in values.items():
            self._keep(key, value)

    def _keep(self, name: str, value: Any) -> None:
        if isinstance(value, nn.Parameter):
            self.register_parameter(name, value)
        elif isinstance(value, torch.Tensor):
            if value.requires_grad:
                raise ValueError(
                    f"{name} must be a number, a tensor without gradient or a torch.nn.Parameter; "
                    "got a tensor that requires a gradient and is no parameter"
                )
            self.register_buffer(name, value)
        elif is_per_class(self.options[name]):
            self.register_buffer(name, None)
        else:
            setattr(self, name, value)

    def extra_repr(self) -> str:
        """The options that are not at their defaults."""
        parts = []
        for name, option in self.options.items():
            value = getattr(self, name)
            if isinstance(value, torch.Tensor):
                kind = "parameter" if isinstance(value, nn.Parameter) else "tensor"
                parts.append(f"{name}={kind} of shape {tuple(value.shape)}")
            elif value is not option.default and value != option.default:
                parts.append(f"{name}={value!r}")
        return ", ".join(parts)
