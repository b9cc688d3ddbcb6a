"""Evidence as a plotly figure, in the colours of the app."""

from collections.abc import Mapping

import plotly.graph_objects as go

from catalog import CATALOG
from experiments.evidence.record import Curve, Evidence
from live.words.palette import DASHES, ROLES, Colour, look, series

PLOTLY = {"": "solid", "dashed": "dash", "dotted": "dot", "dash-dotted": "dashdot"}
PLOTLY_DASHES = {DASHES[name]: dash for name, dash in PLOTLY.items()}


def figure(evidence: Evidence, labels: Mapping[str, str]) -> go.Figure:
    """Draw the curves of `evidence`; its keys are looked up in `labels`."""
    chart = go.Figure()
    for position, curve in enumerate(evidence.curves):
        colour, dash = _look(curve, position)
        line = {"color": colour.paint, "dash": PLOTLY_DASHES[dash], "width": 2.5}
        name = labels[curve.label]
        chart.add_scatter(x=curve.x, y=curve.y, name=name, line=line, mode="lines")
    chart.update_layout(
        height=280,
        margin={"l": 0, "r": 0, "t": 8, "b": 0},
        xaxis_title=labels.get(evidence.x_label),
        yaxis_title=labels.get(evidence.y_label),
        yaxis_type="log" if evidence.log_y else "linear",
        # Above the curves however many lines it takes: the margin makes room for it.
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom"},
    )
    return chart


def _look(curve: Curve, position: int) -> tuple[Colour, str]:
    if curve.shows in ROLES:
        return ROLES[curve.shows], ""
    return look(curve.shows) if curve.shows in CATALOG else series(position)
