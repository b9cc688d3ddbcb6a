"""The map in an empty page: how it lays out more families and losses than there are."""

import pytest

WIDE, HIGH = 1280, 800
BESIDE, ABOVE = 266, 200
"""What the page keeps for its sidebar and margins, and for its head and foot."""
BUILD = """async ({ arrange }, counts, beside) => {
  const sheets = ['stage/stage.css', 'home/map.css'].map(async (path) => {
    const style = document.createElement('style');
    document.head.append(style); // before the answer comes: the sheets keep their order
    style.textContent = await (await fetch(`/${path}`)).text();
  });
  await Promise.all(sheets);
  const root = document.createElement('div');
  root.className = 'lab lab-home';
  root.style.width = `${innerWidth - beside}px`;
  const door = '<a class="lab-door"><svg viewBox="0 0 1 1"></svg><span>Focal-EIoU</span></a>';
  const head = '<h2><a>Classification</a><small>A question that takes two lines or so</small></h2>';
  for (const count of counts) {
    const section = document.createElement('section');
    section.innerHTML = `${head}<div class="lab-doors">${door.repeat(count)}</div>`;
    root.append(section);
  }
  document.body.style.margin = 0;
  document.body.replaceChildren(root);
  arrange(root);
  const rows = [...root.querySelectorAll(".lab-doors")];

  return {
    height: root.offsetHeight,
    overflow: root.scrollWidth - root.clientWidth,
    columns: root.style.getPropertyValue('--columns'),
    picture: root.querySelector('svg').getBoundingClientRect().height,
    door: root.querySelector(".lab-door").offsetWidth,
    tops: rows.map((doors) => doors.firstChild.offsetTop),
  };
}"""


@pytest.fixture
def laid_out(modules):
    modules.page.set_viewport_size({"width": WIDE, "height": HIGH})
    return lambda counts: modules("home/map.js", BUILD, counts, BESIDE)


@pytest.mark.parametrize(
    "counts",
    [[9, 14, 11, 6, 7, 4, 9], [10, 15, 12, 6, 7, 4, 9], [16] * 9, [1], [12] * 8, [9] * 9],
    ids=lambda counts: f"{len(counts)}x{max(counts)}",
)
def test_up_to_nine_families_of_sixteen_fit_a_screen(laid_out, counts):
    found = laid_out(counts)
    assert found["height"] <= HIGH - ABOVE, found
    assert found["overflow"] == 0, found
    assert found["picture"] >= 12, found
    assert found["door"] >= 36, found


def test_few_losses_keep_nine_columns_and_high_pictures(laid_out):
    found = laid_out([9, 14, 11, 6, 7, 4, 9])
    assert (found["columns"], found["picture"]) == ("9", 28)


def test_what_is_more_than_that_scrolls_and_stays_readable(laid_out):
    found = laid_out([30] * 14)
    assert found["height"] > HIGH
    assert found["picture"] >= 12, found
    assert found["tops"] == sorted(found["tops"])
