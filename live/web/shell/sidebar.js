// Runs in the front page. On a phone held sideways the sidebar would take a quarter of the screen: it
// begins closed there, as Streamlit itself has it on one that is held upright.

if (matchMedia('(max-height: 500px) and (min-width: 600px)').matches) {
  const watch = new MutationObserver(() => {
    /** @type {HTMLElement | null} */
    const close = document.querySelector('[data-testid=stSidebarCollapseButton] button');
    if (!close) return;
    watch.disconnect();
    close.click();
  });
  watch.observe(document, { childList: true, subtree: true });
}
