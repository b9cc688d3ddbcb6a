"""Several runs go down from one start, each by its own steps, and back to exactly that start."""

DESCENT = "core/descent.js"
HALVING = """({ Descent }, halves, steps, options = '') => {
  const descent = new Descent({
    start: ({ x }, id) => [x, id],
    step: (id, [x]) => [halves.includes(id) ? x / 2 : x, id],
    moved: ([from], [to]) => Math.abs(from - to) > 0.1,
    ...(options && (0, eval)(`(${options})`)),
  });
  const state = { losses: ['a', 'b'], x: 8 };
  const more = Array.from({ length: steps }, () => descent.advance(state));
  return { more, runs: descent.runs && Object.fromEntries(descent.runs), at: descent.at('a') };
}"""


def test_there_are_no_runs_before_the_first_step(modules):
    assert modules(DESCENT, HALVING, ["a"], 0) == {"more": [], "runs": None, "at": None}


def test_every_switched_on_loss_steps_from_the_same_start(modules):
    found = modules(DESCENT, HALVING, ["a"], 2)
    assert found["runs"] == {
        "a": [[8, "a"], [4, "a"], [2, "a"]],
        "b": [[8, "b"], [8, "b"], [8, "b"]],
    }
    assert found["at"] == [2, "a"]


def test_there_is_more_to_do_as_long_as_one_run_moves(modules):
    assert modules(DESCENT, HALVING, ["a"], 8)["more"] == [True] * 6 + [False] * 2
    assert modules(DESCENT, HALVING, [], 2)["more"] == [False, False]


def test_who_descends_and_what_is_kept_can_be_told(modules):
    told = "{ ids: () => ['c'], keep: ([x]) => [x] }"
    found = modules(DESCENT, HALVING, ["c"], 2, told)
    assert found["runs"] == {"c": [[8], [4], [2, "c"]]}


def test_rewinding_forgets_the_runs_and_the_next_begin_where_the_state_is_then(modules):
    found = modules(
        DESCENT,
        """({ Descent }) => {
          const descent = new Descent({ start: ({ x }) => x, step: (_, x) => x - 1, moved: () => true });
          descent.advance({ losses: ['a'], x: 5 });
          descent.rewind();
          const after = [descent.runs, descent.at('a')];
          descent.advance({ losses: ['a'], x: 9 });
          return [...after, descent.at('a')];
        }""",  # noqa: E501
    )
    assert found == [None, None, 8]


def test_a_vector_has_moved_where_one_of_its_numbers_has(modules):
    moved = """({ Descent }, by) => {
      const step = (_, from) => from.map((value, i) => value + by[i]);
      return new Descent({ start: () => [1, 2], step }).advance({ losses: ['a'] });
    }"""
    assert modules(DESCENT, moved, [0, -1e-6]) is True
    assert modules(DESCENT, moved, [1e-12, 0]) is False
    assert modules(DESCENT, moved, [float("nan"), 0]) is False
