// What choosing does to the state: a loss, a view, which losses are switched on, a scene.

// `stop()` ends a run: a scene is another start, and a loss that joined half-way would not be as
// many steps from the start as the others.
export function actions(page, store, stop) {
  return {
    choose: (loss) => store.put({ loss }),
    // A view that does not show the chosen loss has its own first one chosen, as the server does it
    // (`normalise` in live/state/table.py).
    turnTo(view) {
      stop();
      const { loss } = store.state;
      const shown = page.views[view] ?? [loss];
      store.put({ view, loss: shown.includes(loss) ? loss : shown[0] });
    },
    open(scene) {
      stop();
      store.put({ ...page.defaults, ...scene.state, scene: scene.id });
    },
    // The losses keep their order. The last one stays on: a stage without any shows nothing.
    switchOn(id, on) {
      stop();
      const { losses } = store.state;
      const wanted = page.losses.map((loss) => loss.id).filter((key) => (key === id ? on : losses.includes(key)));
      store.put({ losses: wanted.length ? wanted : losses });
    },
  };
}
