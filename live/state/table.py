"""One table per page: everything on the screen that a person can change.

The table reads a link, writes a link, checks what the browser sends and what a scene sets. What
makes no sense is left out and reported, never raised: the reader gets the page with the default in
that place and a sentence that says what was ignored.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from live.state.rows import Choice, Row

MISSING = "missing"
"""The name in a link under which the home page is told what page was asked for and is not there."""


@dataclass(frozen=True)
class Ignored:
    """A part of a link that was left out: its name, what was given, and the row it missed."""

    name: str
    given: str
    row: Row | None


class Table:
    """The rows of one page, and the scenes that set some of them.

    `views` are the losses of each view, the one that it opens with first; a page whose views all
    show every loss has none to name.
    """

    def __init__(
        self,
        rows: Iterable[Row],
        scenes: Mapping[str, Mapping[str, Any]],
        views: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        self.views = views
        scene = Choice("scene", "", ("", *scenes))
        self.rows: dict[str, Row] = {row.name: row for row in (scene, *rows)}
        self.scenes = {name: self._scene(name, values) for name, values in scenes.items()}

    def normalise(self, state: Mapping[str, Any]) -> dict[str, Any]:
        """The state with what its rows allow one by one but not together made whole: a view that
        does not show the chosen loss has its own first one chosen. Scenes, links and whatever the
        browser sends come through here; a stage that changes the view does the same with `views`
        from the document."""
        shown = self.views.get(state.get("view", ""), ())
        if not shown or state["loss"] in shown:
            return dict(state)
        return {**state, "loss": shown[0]}

    def start(self, scene: str = "") -> dict[str, Any]:
        """The state in which a scene begins; without a scene, every default."""
        defaults = {name: row.default for name, row in self.rows.items()}
        return defaults | self.scenes[scene] if scene else defaults

    def read_link(self, query: Mapping[str, str]) -> tuple[dict[str, Any], list[Ignored]]:
        """The state that a link describes, and what of it was ignored.

        A link that names a loss is about it: where it names no view it opens one that shows the
        loss, and where it names no losses the loss is switched on beside those that are.
        """
        given, ignored = self._read(query, lambda row, text: row.parse(text))
        state = self.start(given.get("scene", "")) | given
        if "loss" in given and "view" not in given:
            state = self._turned_to_loss(state)
        if "loss" in given and "losses" not in given:
            state["losses"] = self.rows["losses"].check([*state["losses"], state["loss"]])
        return self.normalise(state), ignored

    def _turned_to_loss(self, state: dict[str, Any]) -> dict[str, Any]:
        """The state in a view that shows its loss; its own view, if it does."""
        for view in (state.get("view", ""), *self.views):
            if "view" in self.rows and state["loss"] in self.views.get(view, ()):
                return {**state, "view": view}
        return state

    def check(self, values: Mapping[str, Any]) -> tuple[dict[str, Any], list[Ignored]]:
        """The same for values that the browser sends."""
        given, ignored = self._read(values, lambda row, value: row.check(value))
        return self.normalise(self.start(given.get("scene", "")) | given), ignored

    def link(self, state: Mapping[str, Any]) -> dict[str, str]:
        """The query of a link to `state`: its scene, and what differs from the scene's start."""
        start = {**self.start(state["scene"]), "scene": ""}
        # Texts are compared, so that the rounding which a drag leaves behind makes no difference.
        texts = {
            name: (row.text(state[name]), row.text(start[name])) for name, row in self.rows.items()
        }
        link = {name: text for name, (text, at_start) in texts.items() if text != at_start}
        if "loss" in link and state["loss"] not in state["losses"]:
            link["losses"] = texts["losses"][0]  # or the reader would find it switched on
        return link

    def _read(
        self, values: Mapping[str, Any], read: Callable[[Row, Any], Any]
    ) -> tuple[dict[str, Any], list[Ignored]]:
        """Of each value what its row makes of it, and what no row allows."""
        ignored: list[Ignored] = []
        given: dict[str, Any] = {}
        for name, value in values.items():
            row = self.rows.get(name)
            try:
                if row is None:
                    raise ValueError(name)
                given[name] = read(row, value)
            except (ValueError, TypeError, OverflowError):
                ignored.append(Ignored(shortened(name), shortened(str(value)), row))
        return given, ignored

    def _scene(self, name: str, values: Mapping[str, Any]) -> dict[str, Any]:
        # A scene that the table does not allow is our mistake: it raises, and a test sees it.
        checked = {key: self.rows[key].check(value) for key, value in values.items()}
        defaults = self.start()
        normalised = self.normalise(defaults | checked)
        changed = {key: value for key, value in normalised.items() if value != defaults[key]}
        return checked | changed | {"scene": name}


def shortened(text: str, most: int = 40) -> str:
    """What a stranger wrote, as long as a sentence can bear it."""
    return text if len(text) <= most else f"{text[:most]}…"
