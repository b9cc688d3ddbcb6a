// Runs in the front page. Streamlit adds an entry to the browser's history for every change of the
// link, so that Back had to be pressed once for each drag. Here a change of the link changes the
// entry; one is added for another page, and for what a stage opens (`core/entry.js`).
//
// Now and then Streamlit tells the link of the next page before it has turned to it, and so into the
// entry of the page that is left; that gets back the link that it had when the reader clicked.

{
  const push = history.pushState;
  let clicked = location.href;
  addEventListener('click', () => (clicked = location.href), true);
  history.pushState = (state, title, url) => {
    const next = new URL(url ?? '', location.href);
    const own = new URL(clicked);
    if (next.pathname === location.pathname) {
      history.replaceState(state, title, url);
      return;
    }
    if (next.search === location.search && own.pathname === location.pathname)
      history.replaceState(history.state, '', own);
    push.call(history, state, title, url);
  };
}
