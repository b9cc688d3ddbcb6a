"""What holds for every record of the catalog, whatever its family."""

import inspect
import re
import sys
from importlib import import_module
from typing import Any

import pytest
import torch

import losses
from catalog import CATALOG, FAMILIES, Loss, Reference, family
from catalog.references import REFERENCES, cite
from tests.catalog.tex import calculate, coloured, placeholders
from tests.losses.samples import CONTEXT, sampler

every_loss = pytest.mark.parametrize("loss", CATALOG.values(), ids=CATALOG.keys())
with_parameters = pytest.mark.parametrize(
    ("loss", "parameter"),
    [(loss, parameter) for loss in CATALOG.values() for parameter in loss.parameters],
    ids=lambda item: getattr(item, "id", None) or item.name,
)


def _context(loss: Loss) -> dict[str, Any]:
    return {name: CONTEXT[name] for name in loss.context}


def _settings(loss: Loss) -> list[dict[str, Any]]:
    """The defaults, and the defaults with each other choice of each option."""
    usual = loss.defaults() | _context(loss)
    others = [
        usual | {option.name: choice} for option in loss.options for choice in option.choices[1:]
    ]
    return [usual, *others]


def _numbers(loss: Loss, settings: dict[str, Any]) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
    """The values of a loss on many samples, and all its intermediates there."""
    prediction, target = sampler(loss)(100, 3)
    value = loss.call(prediction, target, reduction="none", **settings)
    return value, dict(loss.intermediates(prediction, target, **settings))


def test_every_family_has_its_losses_in_order() -> None:
    """Each record of a family's module, as that module orders them, and none twice."""
    for name in FAMILIES:
        assert family(name) == tuple(import_module(f"catalog.{name}").LOSSES)
    assert len(CATALOG) == sum(len(family(name)) for name in FAMILIES)
    with pytest.raises(ValueError, match=r"family must be one of .*got 'potatoes'"):
        family("potatoes")


@every_loss
def test_id_is_the_name_of_a_public_function(loss: Loss) -> None:
    assert loss.id == loss.function.__name__
    module = sys.modules[loss.function.__module__]
    assert loss.id in module.__all__, f"{module.__name__}.__all__ lacks {loss.id!r}"
    assert getattr(losses, loss.id) is loss.function


@every_loss
def test_record_describes_keywords_of_the_function_and_leaves_others_at_their_default(
    loss: Loss,
) -> None:
    keywords = {
        name: argument.default
        for name, argument in inspect.signature(loss.function).parameters.items()
        if name not in loss.arguments
    }
    # What an adapter arranges may be reduced in another way, or not at all.
    assert {"weight", "reduction"} <= keywords.keys() or loss.adapter
    assert keywords.pop("weight", None) is None
    assert keywords.pop("reduction", "mean") == "mean"
    assert {name: keywords.pop(name) for name in loss.context} == dict.fromkeys(
        loss.context, inspect.Parameter.empty
    )
    described = loss.defaults()
    assert described.keys() <= keywords.keys(), "a parameter or option that the function lacks"
    for name, default in keywords.items():
        if name in described:
            assert default in (described[name], inspect.Parameter.empty), f"the default of {name}"
        else:
            assert default is not inspect.Parameter.empty, f"the page must give {name}"


@every_loss
def test_every_loss_is_called_alike(loss: Loss) -> None:
    prediction, target = sampler(loss)(20, 4)
    given = _context(loss)
    values = loss.call(prediction, target, reduction="none", **given)
    weight = torch.linspace(0, 1, values.numel(), dtype=torch.float64).reshape(values.shape)
    mean = (weight * values).sum() / weight.sum()
    torch.testing.assert_close(loss.call(prediction, target, weight=weight, **given), mean)
    total = loss.call(prediction, target, reduction="sum", **given)
    torch.testing.assert_close(total, values.sum())


@every_loss
def test_function_explains_itself(loss: Loss) -> None:
    text = inspect.getdoc(loss.function) or ""
    assert len(text.splitlines()[0]) > 20
    assert "Source" in text


@with_parameters
def test_slider_holds_the_default(loss: Loss, parameter: Any) -> None:
    assert parameter.low <= parameter.default <= parameter.high
    assert parameter.low > 0 or not parameter.logarithmic
    assert parameter.symbol


@with_parameters
def test_finite_on_the_whole_slider(loss: Loss, parameter: Any) -> None:
    prediction, target = sampler(loss)(100, 5)
    prediction.requires_grad_()
    for step in torch.linspace(0, 1, 21, dtype=torch.float64).tolist():
        if parameter.logarithmic:
            number = parameter.low * (parameter.high / parameter.low) ** step
        else:
            number = parameter.low + (parameter.high - parameter.low) * step
        settings = loss.defaults() | _context(loss) | {parameter.name: number}
        values = loss.call(prediction, target, reduction="none", **settings)
        assert (values.isfinite() | (values == loss.properties.highest)).all(), number
        finite = values[values.isfinite()].sum()
        (gradient,) = torch.autograd.grad(finite, prediction)
        assert gradient.isfinite().all(), number


@every_loss
def test_intermediates_have_the_shape_of_the_unreduced_loss(loss: Loss) -> None:
    names = {parameter.name for parameter in loss.parameters}
    for settings in _settings(loss):
        value, intermediates = _numbers(loss, settings)
        assert intermediates
        assert not names & intermediates.keys()
        for name, number in intermediates.items():
            assert number.shape == value.shape, name
            assert number.dtype == value.dtype, name


@every_loss
def test_terms_sum_to_the_value(loss: Loss) -> None:
    for settings in _settings(loss):
        value, intermediates = _numbers(loss, settings)
        assert set(loss.terms) <= intermediates.keys()
        if loss.terms:
            total = sum(intermediates[term] for term in loss.terms)
            torch.testing.assert_close(total, value, rtol=1e-12, atol=1e-12)


@every_loss
def test_formula_names_only_what_exists(loss: Loss) -> None:
    _, intermediates = _numbers(loss, loss.defaults() | _context(loss))
    known = intermediates.keys() | {parameter.name for parameter in loss.parameters}
    assert not placeholders(loss.formula)
    for condition, tex in loss.formula_with_values:
        assert placeholders(tex) <= known
        assert placeholders(tex)
        assert condition == "" or condition in intermediates
    for tex in (loss.formula, *(tex for _, tex in loss.formula_with_values)):
        assert tex.count("{") == tex.count("}")
        assert tex.count(r"\left(") == tex.count(r"\right)")
        assert tex.count(r"\lvert") == tex.count(r"\rvert")
    assert [condition for condition, _ in loss.formula_with_values].index("") == len(
        loss.formula_with_values
    ) - 1


@every_loss
def test_formula_with_the_numbers_put_in_gives_the_value(loss: Loss) -> None:
    for settings in _settings(loss):
        value, intermediates = _numbers(loss, settings)
        intermediates |= {
            parameter.name: torch.full_like(value, settings[parameter.name])
            for parameter in loss.parameters
        }
        for index in range(value.numel()):
            here = {name: number[index].item() for name, number in intermediates.items()}
            tex = next(
                tex
                for condition, tex in loss.formula_with_values
                if not condition or here[condition]
            )
            shown = value[index].item()
            if shown == float("inf"):
                continue
            assert calculate(tex, here) == pytest.approx(shown, rel=1e-9, abs=1e-9), (tex, here)


@every_loss
def test_colours_of_the_numbers_are_those_of_the_formula(loss: Loss) -> None:
    in_numbers = set().union(*(coloured(tex) for _, tex in loss.formula_with_values))
    choices_of_terms = set(loss.terms)
    assert coloured(loss.formula) <= in_numbers | choices_of_terms
    assert in_numbers <= coloured(loss.formula) | choices_of_terms


@every_loss
def test_sources_and_neighbours(loss: Loss) -> None:
    assert loss.references
    for reference in loss.references:
        assert reference.authors
        assert reference.title
        assert reference.venue
        assert 1700 < reference.year < 2100
        assert reference.url == "" or reference.url.startswith("https://")
    assert loss.id not in loss.related
    assert set(loss.related) <= CATALOG.keys()


def test_a_source_stands_once() -> None:
    given = {reference for loss in CATALOG.values() for reference in loss.references}
    assert {*REFERENCES.values()} <= given, "a source in references.toml that nobody cites"
    own = given - {*REFERENCES.values()}
    titles = [reference.title for reference in (*REFERENCES.values(), *own)]
    assert len(titles) == len(set(titles))
    with pytest.raises(ValueError, match=r"references must be keys of .*\.toml; got 'nobody_1900'"):
        cite("nobody_1900")


@every_loss
def test_docstring_and_record_name_the_same_sources(loss: Loss) -> None:
    """The docstring names the first source of the record, by its first author and its year."""
    text = " ".join((inspect.getdoc(loss.function) or "").split())
    _, _, source = text.rpartition("Source: ")
    if other := re.match(r"as `(\w+)`", source):
        cited = {*loss.references} & {*CATALOG[other[1]].references}
        assert cited, f"{loss.id} and {other[1]} share no source in the catalog"
        return
    named = [r for r in loss.references if _surname(r) in source and str(r.year) in source]
    assert named, f"docstring: {source!r}; record: {loss.references}"


def _surname(reference: Reference) -> str:
    first = re.split(r",| et al| and ", reference.authors)[0]
    return first.split()[-1]


def test_calculator_reads_like_a_reader() -> None:
    numbers = {"r": -3.0, "t": 1e-9}
    assert calculate(r"\signed{r}^2", numbers) == 9
    assert calculate(r"\value{r}^2", numbers) == -9
    assert calculate(r"\tfrac{1}{2}\cdot \lvert \value{r}\rvert + 2\signed{r}", numbers) == -4.5
    assert calculate(r"\ln e^{-\value{t}/2}", numbers) == pytest.approx(-5e-10, abs=1e-16)
    assert calculate(r"2\cdot \exp\left(-\frac{\value{t}}{2}\right)", numbers) == pytest.approx(2)
    for unreadable in (r"2 - \value{r}", r"2\cdot \value{r}", r"2 + \foo", r"\left(1"):
        with pytest.raises(ValueError, match=r"expected|not understood"):
            calculate(unreadable, numbers)
