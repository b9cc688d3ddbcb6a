"""Names of points stay in the picture, off one another and off the points."""

from itertools import combinations

import numpy as np

NAMES = "families/embeddings/label_placement.js"
SIZE = (400, 300)
PLACED = """({ placeNames }, all, size) => {
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  picture.setAttribute("style", "font: 16px sans-serif");
  document.body.append(picture);
  const points = ["anchor", "positive", "negative"].map((word) => {
    const text = document.createElementNS("http://www.w3.org/2000/svg", "text");
    text.textContent = word;
    picture.append(text);
    return { text };
  });
  const answers = all.map(({ drawn, gradient }) => {
    placeNames(points, drawn, gradient, size, 1);
    return points.map(({ text }) => {
      const [x, y] = ["x", "y"].map((name) => Number(text.getAttribute(name)));
      const width = text.getComputedTextLength();
      const left = text.getAttribute("text-anchor") === "end" ? x - width : x;
      return [left, y, width];
    });
  });
  picture.remove();
  return answers;
}"""


def boxes(drawn, names):
    """Left, top, right, bottom of each name: its letters stand on the line y."""
    return [
        (px + left, py + y - 12, px + left + width, py + y + 4)
        for (px, py), (left, y, width) in zip(drawn, names, strict=True)
    ]


def meet(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_names_stay_inside_and_apart(modules):
    generator = np.random.default_rng(0)
    triples = generator.uniform((0, 0), SIZE, (300, 3, 2))
    gradients = generator.standard_normal((300, 6))
    given = [
        {"drawn": drawn.tolist(), "gradient": gradient.tolist()}
        for drawn, gradient in zip(triples, gradients, strict=True)
    ]
    found = modules(NAMES, PLACED, given, SIZE)
    crowded = 0
    for drawn, names in zip(triples, found, strict=True):
        placed = boxes(drawn, names)
        for left, top, right, bottom in placed:
            assert left >= -1
            assert right <= SIZE[0] + 1
            assert top >= -6
            assert bottom <= SIZE[1] + 6
        crowded += any(meet(one, other) for one, other in combinations(placed, 2))
    assert crowded <= 6, "names lie on one another where there was room beside"


def test_a_name_leaves_the_corner_in_which_its_arrow_runs(modules):
    """Three points in a row far apart; the arrow of the first runs up and to the left."""
    drawn = [[100, 150], [200, 150], [300, 150]]
    still, pulled = modules(
        NAMES,
        PLACED,
        [
            {"drawn": drawn, "gradient": [0] * 6},
            {"drawn": drawn, "gradient": [1, -1, 0, 0, 0, 0]},
        ],
        SIZE,
    )
    assert still[0][0] < 0, "it prefers the left"
    assert still[0][1] < 0, "and above"
    assert pulled[0][:2] != still[0][:2]
    assert pulled[1:] == still[1:]
