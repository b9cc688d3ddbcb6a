// Runs in the front page. Streamlit adds an entry to the browser's history for every change of the
// link, so that Back had to be pressed once for each drag. Here a change of the link changes the
// entry; one is added for another page, and for what a stage opens (`core/entry.js`).

{
  const push = history.pushState;
  history.pushState = (state, title, url) => {
    const same = new URL(url ?? '', location.href).pathname === location.pathname;
    if (same) history.replaceState(state, title, url);
    else push.call(history, state, title, url);
  };
}
