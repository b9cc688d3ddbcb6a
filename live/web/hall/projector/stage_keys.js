// What keys do to the stage that is shown: play, rewind, and its losses by their numbers.

/**
 * @param {any} stage as `StageHost.stage` gives it
 * @param {string | number} key
 */
export function actOnStage(stage, key) {
  if (!stage) return;
  const { view, chosen, page, store } = stage;
  const { playback } = view;
  if (key === 'play' && playback) playback.playing ? playback.pause() : playback.play();
  else if (key === 'rewind') playback?.rewind();
  else if (typeof key === 'number' && view.byNumber) view.byNumber(key);
  else if (typeof key === 'number') {
    const losses = page.views[store.state.view] ?? page.losses.map(({ id }) => id);
    const id = losses[key - 1];
    if (id) chosen.switchOn(id, !store.state.losses.includes(id));
  }
}
