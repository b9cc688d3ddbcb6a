"""The losses of the regression stage for a test of one of its modules: records, state, tapes."""

from typing import Any

from catalog import family
from live.families import EVERY_PAGE
from live.families.page_tables import table
from live.families.regression.extras import extras
from live.tape.loss_tapes import cached_tapes

LOSSES = family("regression")
FITS = extras()["fits"]
MODEL = """const { CurveLosses } = await import("/parts/curve_losses.js");
  const model = new CurveLosses(losses, tapes);
  const loss = losses.find(({ id }) => id === chosen);"""
"""JavaScript that makes `model` and `loss` of what `given` gives."""


def given(chosen: str) -> list[Any]:
    """Losses, tapes, state and the id of the chosen loss, as a stage gets them."""
    losses = [
        {"id": loss.id, "parameters": [{"name": parameter.name} for parameter in loss.parameters]}
        for loss in LOSSES
    ]
    tapes = cached_tapes("regression", EVERY_PAGE["regression"].programs())
    return [losses, tapes, table("regression").start(), chosen]
