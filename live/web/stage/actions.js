// What choosing does to the state: a loss, which losses are switched on, a scene.

// `stop()` ends a run: a scene is another start, and a loss that joined half-way would not be as
// many steps from the start as the others.
export function choices(page, store, stop) {
  const set = (changes) => {
    store.set(changes);
    store.commit();
  };
  return {
    choose: (loss) => set({ loss }),
    open(scene) {
      stop();
      set({ ...page.defaults, ...scene.state, scene: scene.id });
    },
    // The losses keep their order. The last one stays on: a stage without any shows nothing.
    switchOn(id, on) {
      stop();
      const { losses } = store.state;
      const wanted = page.losses.map((loss) => loss.id).filter((key) => (key === id ? on : losses.includes(key)));
      set({ losses: wanted.length ? wanted : losses });
    },
  };
}
