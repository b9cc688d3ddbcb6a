// Runs in every page. Keeps in the browser which page the reader was led to last; the map goes on
// from there (home/way.js).

addEventListener(
  'click',
  ({ target }) => {
    const name = /** @type {HTMLElement} */ (target).closest?.('[data-way]')?.getAttribute('data-way');
    try {
      if (name) localStorage.setItem('loss-lab-way', name);
    } catch {
      /* a browser that keeps nothing: the way begins anew */
    }
  },
  true,
);
