"""What is typed into the search, and what stands first among the results."""

import json

import pytest

from live.assets import published
from live.documents.search_index import publish_search
from live.words.text import LANGUAGES

FIND = "({ find }, index, typed) => typed.map((one) => find(index, one))"

BY_NAME = {
    "MSE": "regression?loss=mse_loss",
    "quadratic": "regression?loss=mse_loss",
    "均方误差": "regression?loss=mse_loss",
    "mean squared error": "regression?loss=mse_loss",
    "L2": "regression?loss=mse_loss",
    "GIoU": "boxes?loss=giou_loss",
    "KL": "information?loss=kl_divergence",
    "交叉熵": "classification?loss=cross_entropy_loss",
    "δ": "regression?loss=huber_loss",
    "delta": "regression?loss=huber_loss",
    "TP": "segmentation?loss=dice_loss",
    "Boxes": "boxes",
    "边界框": "boxes",
    "mini-batch": "concepts",
    "E12": "boxes?claim=E12",
    "GIoU swells first": "boxes?scene=swell",
}
BY_NUMBER = {
    "0.693": "ln 2 =",
    "loss 0.6931": "ln 2 =",
    "stuck at 1.0986": "ln 3 = 1.0986",
    "卡在1.0986": "ln 3 = 1.0986",
    "2.3026": "ln 10 =",
    "2.302": "ln 10 =",
    "6.9078": "ln 1000 =",
    "ln 10": "ln 10 =",
    "1.46": "1.4612",
    "-0.8": "−0.8",
    "−0.8": "−0.8",
    "does not go below 0.325": "0.32508",
    "降不到0.325以下": "0.32508",
    "label smoothing 0.1": "0.19852",
}
BY_WORDS = {
    "loss = margin": "embeddings?scene=collapse",
    "损失 = 间隔": "embeddings?scene=collapse",
    "nan in fp16": "classification?scene=rounded&precision=float16",
    "NaN in float16": "classification?scene=rounded&precision=float16",
    "半精度 nan": "classification?scene=rounded&precision=float16",
    "my loss explodes": "regression?scene=runaway",
    "val loss up accuracy up": "classification?scene=validation",
    "验证损失上升": "classification?scene=validation",
    "gradient accumulation": "classification?scene=micro_batches",
    "梯度累积": "classification?scene=micro_batches",
    "kl_div argument order": "information?scene=kl_div",
    "class imbalance": "classification?scene=imbalance",
    "quantile crossing": "regression?scene=crossing",
    "log-odds": "concepts",
    "对数几率": "concepts",
}
UNKNOWN = ["asdfgh", "7.7777", "", "  ", "(", "\\", "loss of the wombat", "1e999", "0x10"]


@pytest.fixture(params=LANGUAGES)
def found(request, modules):
    """The results of every query in one language, by the query."""
    index = json.loads(published(publish_search(request.param).removeprefix("data/")))
    typed = [*BY_NAME, *BY_NUMBER, *BY_WORDS, *UNKNOWN]
    return dict(zip(typed, modules("search/match.js", FIND, index, typed), strict=True))


def test_what_is_typed_is_found_in_either_language(found):
    assert {typed: found[typed][0]["address"] for typed in BY_NAME} == BY_NAME
    assert {typed: found[typed][0]["address"] for typed in BY_WORDS} == BY_WORDS
    for typed, title in BY_NUMBER.items():
        assert found[typed][0]["title"].startswith(title), typed
    floors = [one["address"] for one in found["does not go below 0.325"]]
    assert "classification?scene=smoothing_floor" in floors
    assert {one["address"].partition("?")[0] for one in found["-0.8"]} == {
        "segmentation",
        "classification",
    }
    assert {typed: found[typed] for typed in UNKNOWN} == {typed: [] for typed in UNKNOWN}
    assert not any("{" in one["title"] + one["about"] for every in found.values() for one in every)
