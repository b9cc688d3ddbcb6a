"""The state tables of every page: links and back, and whatever a stranger writes into a link."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog import CATALOG, family
from live.families import EVERY_PAGE
from live.families.page_tables import table
from live.state.rows import Flag, Number, number_text
from live.state.table import Table
from tests.live.state.strategies import JSON, NONSENSE, states, values

NAMES = list(EVERY_PAGE)
ROWS = [(name, row) for name in NAMES for row in table(name).rows]
by_page = pytest.mark.parametrize("name", NAMES)
by_row = pytest.mark.parametrize(("name", "row"), ROWS)
some = settings(max_examples=60, deadline=None)


def close(first, second):
    """The same, numbers to nine digits: what no eye and no hand can tell apart."""
    if isinstance(first, list | tuple):
        return len(first) == len(second) and all(map(close, first, second))
    if isinstance(first, float):
        return first == pytest.approx(second, rel=1e-9, abs=1e-12)
    return first == second


@by_page
@some
@given(data=st.data())
def test_a_link_reopens_the_state_it_was_made_from(name, data):
    rows = table(name)
    state = data.draw(states(rows))
    link = rows.link(state)
    reopened, ignored = rows.read_link(link)
    assert ignored == []
    assert {k for k in state if not close(state[k], reopened[k])} == set()
    assert rows.link(reopened) == link
    assert all(isinstance(text, str) for text in link.values())


@by_page
@some
@given(data=st.data())
def test_what_the_browser_sends_back_is_the_state(name, data):
    """Through JSON, as the websocket carries it: lists for tuples, 1 for 1.0."""
    rows = table(name)
    state = data.draw(states(rows))
    checked, ignored = rows.check(json.loads(json.dumps(state)))
    assert ignored == []
    assert checked == state


@by_page
def test_the_link_to_a_start_names_the_scene_and_nothing_else(name):
    rows = table(name)
    assert rows.link(rows.start()) == {}
    for scene in rows.scenes:
        assert rows.link(rows.start(scene)) == {"scene": scene}
        assert rows.read_link({"scene": scene}) == (rows.start(scene), [])


@by_page
def test_a_difference_that_no_link_can_write_is_no_difference(name):
    """A hand that comes back to where it began leaves rounding behind, and a bare link."""
    rows = table(name)
    noisy = {
        k: v * (1 + 2**-52) if isinstance(rows.rows[k], Number) else v
        for k, v in rows.start().items()
    }
    assert rows.link(noisy) == {}


@by_page
def test_defaults_and_scenes_are_allowed_by_their_rows(name):
    rows = table(name)
    for scene in ("", *rows.scenes):
        state = rows.start(scene)
        assert state.keys() == rows.rows.keys()
        for key, row in rows.rows.items():
            assert row.check(state[key]) == state[key], (scene, key)
            assert row.name == key


@by_page
def test_every_parameter_and_option_of_the_catalog_is_a_row(name):
    rows = table(name).rows
    for loss in EVERY_PAGE[name].losses:
        for keyword, default in loss.defaults().items():
            assert rows[f"{loss.id}.{keyword}"].default == default


@by_row
def test_nonsense_gives_the_default_and_one_notice(name, row):
    rows = table(name)
    for text in NONSENSE:
        state, ignored = rows.read_link({row: text})
        assert state == rows.start(), text[:40]
        assert [(part.name, part.row) for part in ignored] == [(row, rows.rows[row])], text[:40]
        assert len(ignored[0].given) <= 41, "a notice is no place for ten thousand characters"


@by_row
@some
@given(text=st.text(max_size=30))
def test_whatever_a_row_reads_it_allows_and_writes(name, row, text):
    own = table(name).rows[row]
    try:
        value = own.parse(text)
    except (ValueError, OverflowError):
        return
    assert own.check(value) == value
    assert close(value, own.parse(own.text(value)))


@by_page
@some
@given(data=st.data())
def test_a_link_of_anything_is_read_without_an_exception(name, data):
    rows = table(name)
    names = st.sampled_from(list(rows.rows)) | st.text(max_size=12)
    query = data.draw(st.dictionaries(names, st.text(max_size=40) | st.sampled_from(NONSENSE)))
    state, ignored = rows.read_link(query)
    assert_sound(rows, state)
    taken = set(query) - {part.name for part in ignored}
    assert taken <= rows.rows.keys()
    assert len(ignored) == len(query) - len(taken)


@by_page
@some
@given(data=st.data())
def test_a_message_of_anything_is_read_without_an_exception(name, data):
    rows = table(name)
    names = st.sampled_from(list(rows.rows)) | st.text(max_size=12)
    sent = data.draw(st.dictionaries(names, JSON, max_size=6))
    assert_sound(rows, rows.check(sent)[0])


@by_page
@some
@given(data=st.data())
def test_one_bad_part_of_a_link_costs_only_itself(name, data):
    rows = table(name)
    bad, good = data.draw(st.permutations(sorted(rows.rows.keys() - {"scene"})))[:2]
    value = data.draw(values(rows.rows[good]))
    query = {bad: "nonsense", "utm_source": "x", good: rows.rows[good].text(value)}
    state, ignored = rows.read_link(query)
    expected = rows.read_link({good: rows.rows[good].text(value)})[0]
    assert close(value, state[good])  # a loss too: a link that names one opens a view of it
    assert state[bad] == expected[bad]
    assert [part.name for part in ignored] == [bad, "utm_source"]


def assert_sound(rows: Table, state: dict) -> None:
    assert state.keys() == rows.rows.keys()
    for key, row in rows.rows.items():
        assert row.check(state[key]) == state[key], key


def test_unknown_names_are_ignored_by_name():
    for name in NAMES:
        for unknown in ("delta", "huber_loss", "__class__", "", "🎯", "n" * 10_000):
            state, ignored = table(name).read_link({unknown: "1"})
            assert state == table(name).start()
            assert [part.row for part in ignored] == [None]
            assert len(ignored[0].name) <= 41


@pytest.mark.parametrize(
    ("name", "row", "text"),
    [
        ("regression", "huber_loss.delta", "0"),
        ("regression", "huber_loss.delta", "-1"),
        ("regression", "quantile_loss.tau", "1"),
        ("regression", "points", "1950:4"),
        ("boxes", "ciou_loss.trade_off", "foo"),
        ("boxes", "rate", "0"),
        ("boxes", "losses", ""),
        ("boxes", "losses", "iou_loss,iou"),
        ("boxes", "loss", "huber_loss"),
    ],
)
def test_values_out_of_range_are_ignored(name, row, text):
    state, ignored = table(name).read_link({row: text})
    assert state == table(name).start()
    assert len(ignored) == 1


def test_types_are_not_mixed_up():
    number, flag = Number("n", 0.5, 0, 2), Flag("f", False)
    for wrong in (True, "1", None, [1]):
        with pytest.raises(ValueError, match="n"):
            number.check(wrong)
    for wrong in (1, "1", None, 0.0):
        with pytest.raises(ValueError, match="f"):
            flag.check(wrong)
    assert number.check(1) == 1.0
    assert isinstance(number.check(1), float)


def test_numbers_are_written_short():
    texts = {0.5: "0.5", 3.0: "3", 3.3000000000000003: "3.3", 1e-3: "0.001", 1234.5678: "1234.5678"}
    assert {value: number_text(value) for value in texts} == texts


every_loss = pytest.mark.parametrize("loss", CATALOG.values(), ids=lambda loss: loss.id)


@every_loss
def test_a_link_that_names_a_loss_opens_on_it(loss):
    """Those of the map, of the guide, and those written by hand."""
    page, rows = EVERY_PAGE[loss.family], table(loss.family)
    state, ignored = rows.read_link({"loss": loss.id})
    assert ignored == []
    assert state["loss"] == loss.id
    assert {loss.id, *rows.start()["losses"]} == {*state["losses"]}
    if "view" in state and page.views:
        assert loss.id in page.views[state["view"]]


@every_loss
def test_a_loss_that_is_chosen_and_switched_off_stays_off(loss):
    rows = table(loss.family)
    shown = rows.read_link({"loss": loss.id})[0]
    others = tuple(id for id in rows.rows["losses"].choices if id != loss.id)
    if not others:
        pytest.skip("the only loss of its family stays on")
    state = {**shown, "losses": others}
    assert rows.read_link(rows.link(state)) == (state, [])


def test_the_view_of_a_scene_or_of_the_start_stays_where_it_shows_the_loss():
    rows = table("classification")
    scene = next(id for id, state in rows.scenes.items() if state.get("view") == "multiclass")
    assert rows.read_link({"scene": scene, "loss": "zero_one_loss"})[0]["view"] == "multiclass"
    assert rows.read_link({"scene": scene, "loss": "bce_loss"})[0]["view"] == "binary"
    assert rows.read_link({"loss": "zero_one_loss"})[0]["view"] == "binary"


@pytest.mark.parametrize("view", ["binary", "multiclass", "pipeline"])
def test_a_view_that_lacks_the_linked_loss_shows_one_of_its_own(view):
    """Server and stage agree on it, so that the words below are about what is drawn above."""
    shown = EVERY_PAGE["classification"].views[view]
    for loss in (loss.id for loss in family("classification")):
        state, ignored = table("classification").read_link({"view": view, "loss": loss})
        assert ignored == []
        assert state["loss"] in shown
        assert state["loss"] == loss or loss not in shown
    assert table("classification").read_link({"view": view})[0]["loss"] in shown


@pytest.mark.parametrize("loss", [loss.id for loss in family("information")])
def test_the_view_of_two_gaussians_is_about_kl_whatever_the_link_says(loss):
    """Words and sources below the stage speak of the chosen loss: it is the one drawn above."""
    state, ignored = table("information").read_link({"view": "gaussians", "loss": loss})
    assert (state["loss"], ignored) == ("kl_divergence", [])
    state, _ = table("information").read_link({"view": "bars", "loss": loss})
    assert state["loss"] == loss
