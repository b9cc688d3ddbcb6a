// Runs in every page: `/`, Ctrl+K or a button opens the search, which is loaded then. Nothing here
// waits for the rest of the page.

{
  let coming = false;
  const wanted = ({ key, ctrlKey, metaKey, altKey, target }) => {
    if ((ctrlKey || metaKey) && !altKey) return key.toLowerCase() === 'k';
    return key === '/' && !altKey && !target.closest?.('input, textarea, select, [contenteditable]');
  };
  const open = (event) => {
    const told = document.getElementById('lab-search-index');
    if (!told || document.documentElement.classList.contains('lab-embedded')) return;
    event.preventDefault();
    if (coming) return;
    coming = true;
    const { module, index, pages } = JSON.parse(told.textContent);
    // What is typed until the search is there belongs to it, not to the page.
    let typed = '';
    const keep = (pressed) => {
      if (pressed.key.length > 1 || pressed.ctrlKey || pressed.metaKey || pressed.altKey) return;
      typed += pressed.key;
      pressed.preventDefault();
      pressed.stopImmediatePropagation();
    };
    addEventListener('keydown', keep, true);
    import(new URL(module, document.baseURI).href)
      .then((box) => box.default(index[document.documentElement.lang], pages, () => typed))
      .finally(() => {
        coming = false;
        removeEventListener('keydown', keep, true);
      });
  };
  addEventListener('keydown', (event) => wanted(event) && open(event), true);
  addEventListener('click', (event) => {
    const on = /** @type {Element} */ (event.target);
    if (on.closest?.('.lab-find')) open(event);
  });
}
