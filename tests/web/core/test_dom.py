"""Numbers as the stages write them, and elements that are written only when they change."""

import math

import pytest

from live.words.number_format import as_on_stage

DOM = "core/dom.js"
NUMBERS = [
    0.0, -0.0, 2e-17, 0.36354803, -2.5, 14.09, 999.9994, 999.9996, 24283.9, 99999.96, 3.4e-4, 5e-4,
    -1.24e-11, 2.5e6, 1e6, 999999.4, -123456.7, 1e300, math.inf, -math.inf,
]  # fmt: skip


def test_the_stage_and_the_sentences_below_it_write_one_number_alike(modules):
    found = modules(DOM, "({ number }, all) => all.map((one) => number(one))", NUMBERS)
    assert found == ["0.000", "0.000", "0.000", *map(as_on_stage, NUMBERS[3:])]


@pytest.mark.parametrize(("value", "column"), [(3, "3.000"), (-1, "−1.000"), (12345, "12345.0")])
def test_a_column_keeps_its_decimals_where_a_sentence_says_a_whole_number(modules, value, column):
    assert modules(DOM, "({ number }, value) => number(value)", value) == column
    assert as_on_stage(value) == column.partition(".")[0]


def test_what_is_no_number_is_a_dash(modules):
    found = modules(DOM, "({ number }, nan) => [number(nan), number(undefined)]", math.nan)
    assert found == ["—", "—"]


@pytest.mark.parametrize(("digits", "text"), [(0, "3"), (1, "3.1"), (2, "3.14"), (5, "3.14159")])
def test_digits_may_be_asked_for(modules, digits, text):
    assert modules(DOM, "({ number }, v, n) => number(v, n)", math.pi, digits) == text


def test_elements_take_attributes_listeners_and_only_children_that_are_there(modules):
    told = modules(
        DOM,
        """({ html }) => {
          let clicks = 0;
          const made = html("button", { title: "t", disabled: false, hidden: true, lang: undefined,
            onclick: () => { clicks += 1; } }, "a", null, undefined, false, 0);
          made.click();
          return [made.outerHTML, clicks];
        }""",
    )
    assert told == ['<button title="t" hidden="">a0</button>', 1]


def test_the_same_text_is_not_written_again(modules):
    told = modules(
        DOM,
        """({ write }) => {
          const element = document.createElement("p");
          write(element, "one");
          const text = element.firstChild;
          write(element, "one");
          const kept = element.firstChild === text;
          write(element, "two");
          return [kept, element.textContent];
        }""",
    )
    assert told == [True, "two"]


def test_a_template_is_filled_and_unknown_names_stay(modules):
    fill = "({ template }, text, values) => template(text, values)"
    assert modules(DOM, fill, "{a} of {b}: {c}", {"a": 0, "b": "x"}) == "0 of x: {c}"


def test_a_text_that_changes_keeps_its_node(modules):
    told = modules(
        DOM,
        """({ write }) => {
          const cell = document.createElement("td");
          write(cell, "1.000");
          const node = cell.firstChild;
          write(cell, "2.000");
          const kept = cell.firstChild === node && cell.textContent === "2.000";
          cell.innerHTML = "3.0<sup>a</sup>";
          write(cell, "4.000");
          return [kept, cell.innerHTML];
        }""",
    )
    assert told == [True, "4.000"]
