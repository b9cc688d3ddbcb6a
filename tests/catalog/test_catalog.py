"""What holds for every record of the catalog, whatever its family."""

import inspect
from importlib import import_module
from typing import Any

import pytest
import torch

import losses
from catalog import CATALOG, FAMILIES, Loss, family
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
    """The values of a loss on many samples, and all its readings there."""
    prediction, target = sampler(loss)(100, 3)
    value = loss.function(prediction, target, reduction="none", **settings)
    return value, dict(loss.readings(prediction, target, **settings))


def test_every_family_has_its_losses_in_order() -> None:
    """Each record of a family's module, as that module orders them, and none twice."""
    for name in FAMILIES:
        assert family(name) == getattr(import_module(f"catalog.{name}"), name.upper())
    assert len(CATALOG) == sum(len(family(name)) for name in FAMILIES)
    with pytest.raises(ValueError, match=r"family must be one of .*got 'potatoes'"):
        family("potatoes")


@every_loss
def test_id_is_the_name_of_a_public_function(loss: Loss) -> None:
    assert loss.id == loss.function.__name__
    # A record may call a public function with prediction and target in the usual order.
    assert inspect.unwrap(getattr(losses, loss.id)) is inspect.unwrap(loss.function)
    assert loss.id in losses.__all__


@every_loss
def test_record_describes_exactly_the_keywords_of_the_function(loss: Loss) -> None:
    adapted = loss.function is not getattr(losses, loss.id)
    signature = inspect.signature(loss.function, follow_wrapped=not adapted)
    keywords = {
        name: parameter.default
        for name, parameter in signature.parameters.items()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
    }
    assert keywords.pop("weight") is None
    assert keywords.pop("reduction") == "mean"
    assert {name: keywords.pop(name) for name in loss.context} == dict.fromkeys(
        loss.context, inspect.Parameter.empty
    )
    for name in loss.unshown:
        assert keywords.pop(name) is not inspect.Parameter.empty
    assert keywords == loss.defaults()


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
        values = loss.function(prediction, target, reduction="none", **settings)
        assert (values.isfinite() | (values == loss.claims.highest)).all(), number
        finite = values[values.isfinite()].sum()
        (gradient,) = torch.autograd.grad(finite, prediction)
        assert gradient.isfinite().all(), number


@every_loss
def test_readings_have_the_shape_of_the_unreduced_loss(loss: Loss) -> None:
    names = {parameter.name for parameter in loss.parameters}
    for settings in _settings(loss):
        value, readings = _numbers(loss, settings)
        assert readings
        assert not names & readings.keys()
        for name, reading in readings.items():
            assert reading.shape == value.shape, name
            assert reading.dtype == value.dtype, name


@every_loss
def test_terms_sum_to_the_value(loss: Loss) -> None:
    for settings in _settings(loss):
        value, readings = _numbers(loss, settings)
        assert set(loss.terms) <= readings.keys()
        if loss.terms:
            total = sum(readings[term] for term in loss.terms)
            torch.testing.assert_close(total, value, rtol=1e-12, atol=1e-12)


@every_loss
def test_formula_names_only_what_exists(loss: Loss) -> None:
    _, readings = _numbers(loss, loss.defaults() | _context(loss))
    known = readings.keys() | {parameter.name for parameter in loss.parameters}
    assert not placeholders(loss.formula)
    for condition, tex in loss.numbers:
        assert placeholders(tex) <= known
        assert placeholders(tex)
        assert condition == "" or condition in readings
    for tex in (loss.formula, *(tex for _, tex in loss.numbers)):
        assert tex.count("{") == tex.count("}")
        assert tex.count(r"\left(") == tex.count(r"\right)")
        assert tex.count(r"\lvert") == tex.count(r"\rvert")
    assert [condition for condition, _ in loss.numbers].index("") == len(loss.numbers) - 1


@every_loss
def test_formula_with_the_numbers_put_in_gives_the_value(loss: Loss) -> None:
    for settings in _settings(loss):
        value, readings = _numbers(loss, settings)
        readings |= {
            parameter.name: torch.full_like(value, settings[parameter.name])
            for parameter in loss.parameters
        }
        for index in range(value.numel()):
            here = {name: reading[index].item() for name, reading in readings.items()}
            tex = next(tex for condition, tex in loss.numbers if not condition or here[condition])
            shown = value[index].item()
            if shown == float("inf"):
                continue
            assert calculate(tex, here) == pytest.approx(shown, rel=1e-9, abs=1e-9), (tex, here)


@every_loss
def test_colours_of_the_numbers_are_those_of_the_formula(loss: Loss) -> None:
    in_numbers = set().union(*(coloured(tex) for _, tex in loss.numbers))
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


def test_calculator_reads_like_a_reader() -> None:
    numbers = {"r": -3.0, "t": 1e-9}
    assert calculate(r"\signed{r}^2", numbers) == 9
    assert calculate(r"\value{r}^2", numbers) == -9
    assert calculate(r"\tfrac{1}{2}\cdot \lvert \value{r}\rvert + 2\signed{r}", numbers) == -4.5
    assert calculate(r"\ln e^{-\value{t}/2}", numbers) == pytest.approx(-5e-10, abs=1e-16)
    for unreadable in (r"2 - \value{r}", r"2\cdot \value{r}", r"2 + \foo", r"\left(1"):
        with pytest.raises(ValueError, match=r"expected|not understood|could not convert"):
            calculate(unreadable, numbers)
