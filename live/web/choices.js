// What choosing does to the state: a loss, which losses are switched on, a scene.

export function choices(page, store) {
  const set = (changes) => { store.set(changes); store.commit(); };
  return {
    choose: (loss) => set({ loss }),
    open: (scene) => set({ ...page.defaults, ...scene.state, scene: scene.id }),
    // The losses keep their order. The last one stays on: a stage without any shows nothing.
    switchOn(id, on) {
      const { losses } = store.state;
      const wanted = page.losses.map((loss) => loss.id).filter((key) => (key === id ? on : losses.includes(key)));
      set({ losses: wanted.length ? wanted : losses });
    },
  };
}
