"""The browser's history as Streamlit changes it, without Streamlit."""

import pytest

ENTRIES = """(_, changes) => {
  history.replaceState(null, "", "/boxes?rate=1");
  dispatchEvent(new Event("click"));
  for (const address of changes) history.pushState({}, "", address);
  return navigation.entries().slice(navigation.currentEntry.index - 1)
    .map(({ url }) => url.slice(location.origin.length));
}"""


@pytest.mark.parametrize(
    ("changes", "entries"),
    [
        pytest.param(
            ["/boxes?rate=2", "/distances"],
            ["/boxes?rate=2", "/distances"],
            id="a drag, then a page",
        ),
        pytest.param(
            ["/boxes?logit=3", "/classification?logit=3"],
            ["/boxes?rate=1", "/classification?logit=3"],
            id="the link of the next page before the page",
        ),
        pytest.param(
            ["/distances?lang=zh", "/distances?lang=zh&scene=hausdorff"],
            ["/boxes?rate=1", "/distances?lang=zh&scene=hausdorff"],
            id="a page, then its link",
        ),
    ],
)
def test_every_entry_has_the_link_of_its_own_page(modules, changes, entries):
    assert modules("shell/history.js", ENTRIES, changes) == entries
