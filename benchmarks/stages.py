"""What is dragged on each stage of the app."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from catalog import FAMILIES, family
from live.families import EVERY_PAGE


@dataclass(frozen=True)
class Stage:
    """What is dragged: the page, its state beside the losses, the CSS of the grip, and how far."""

    page: str
    state: dict[str, str]
    grip: str
    reach: tuple[int, int] = (90, 70)
    more: dict[str, str] = field(default_factory=dict)  # what else can be switched on

    def path(self, everything: bool = True) -> str:
        """Where it is, as it opens or with all on that it has."""
        state = self.state | (self.more if everything else {})
        if everything and self.page in FAMILIES:
            state |= {"losses": ",".join(loss.id for loss in family(self.page))}
        return f"/{self.page}?{urlencode(state)}"

    @property
    def title(self) -> str:
        return " ".join((self.page, *self.state.values()))


SIDE, UP = (90, 0), (0, 70)
BOXES = Stage(
    "boxes",
    {},
    "rect.lab-box.prediction",
    more={
        "loss": "cdiou_loss",
        "arrows": "all",
        "overlay": "chosen,intersection,union,enclosing,centres,corners",
    },
)
PICTURE = ".lab-picture:visible"
STAGES = (
    BOXES,
    Stage("concepts", {}, f"{PICTURE} .lab-dot", (0, 70)),
    Stage(
        "regression",
        {"view": "curve"},
        f"{PICTURE} .prediction .lab-dot",
        SIDE,
        more={"curvature": "1"},
    ),
    Stage("regression", {"view": "optimum"}, f"{PICTURE} .prediction .lab-dot", SIDE),
    Stage("regression", {"view": "line"}, f"{PICTURE} .lab-knob .lab-dot >> nth=8"),
    Stage("classification", {"view": "binary"}, f"{PICTURE} .lab-dot", SIDE),
    Stage(
        "classification",
        {"view": "multiclass"},
        f"{PICTURE} .lab-knob:not(.target) .lab-dot:visible",
        UP,
    ),
    Stage(
        "classification",
        {"view": "multiclass", "loss": "focal_loss"},
        ".lab-triangle .lab-dot",
        (40, 30),
    ),
    Stage("classification", {"view": "pipeline"}, ".lab-pipeline .movable rect", (0, 30)),
    Stage("information", {"view": "bars"}, ".lab-column.prediction .lab-dot", UP),
    Stage("information", {"view": "gaussians"}, f"{PICTURE} .prediction .lab-dot", SIDE),
    Stage("segmentation", {"paint": "prediction"}, ".lab-paint .lab-mask", (200, 150)),
    Stage(
        "embeddings",
        {"arrangement": "triplet"},
        ".lab-point:visible .lab-shape >> nth=1",
        more={"arrows": "all"},
    ),
    Stage(
        "embeddings",
        {"arrangement": "cloud"},
        ".lab-point:visible .lab-shape >> nth=1",
        more={"arrows": "all"},
    ),
    Stage("distances", {"loss": "nuclear_norm"}, ".prediction input", UP),
    Stage("distances", {"loss": "pairwise_distance"}, f"{PICTURE} .lab-dot"),
    Stage("distances", {"loss": "l1_penalty"}, f"{PICTURE} .prediction .lab-dot", SIDE),
)
STAGES += tuple(
    Stage(name, {}, f"{PICTURE} .lab-dot")
    for name in EVERY_PAGE
    if name not in {stage.page for stage in STAGES}
)
