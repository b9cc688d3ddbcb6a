"""The chips of the scenes, in a page of their own."""

import pytest

ROW = """async ({ Scenes }, opened) => {
  const scenes = Array.from({ length: 12 }, (_, i) => ({ id: `scene${i}`, title: `Scene ${i}` }));
  const chips = new Scenes({ words: { scenes: 'Scenes' }, scenes, open: () => {} });
  chips.list.style.cssText = 'display: flex; width: 240px; overflow-x: auto';
  document.body.replaceChildren(chips.list);
  for (const chip of chips.list.children) chip.style.flex = '0 0 80px';
  for (const scene of opened) chips.draw({ scene });
  await new Promise(requestAnimationFrame);
  const chip = chips.chips.get(opened.at(-1));
  const [row, own] = [chips.list, chip].map((e) => e.getBoundingClientRect());
  return [own.left - row.left, row.right - own.right];
}"""


@pytest.mark.parametrize("opened", [["scene0"], ["scene7"], ["scene11", "scene1"]])
def test_the_chip_of_the_open_scene_is_in_sight(modules, opened):
    left, right = modules("parts/scenes.js", ROW, opened)
    assert left >= 0
    assert right >= 0
