// Runs in the front page: says in one quiet line that the server is away, or that it was never
// reached, and tells the stage when it is back. Streamlit's own word for it would cover the picture.

{
  const APP = '[data-testid="stApp"]';
  /** @type {HTMLElement | null} */
  let app = null;
  let reached = false; // whether this page has ever talked to its server
  let tried = 0; // how often it looked for it before

  function look() {
    const state = app.dataset.testConnectionState;
    const page = document.documentElement;
    if (!state || state === page.dataset.labServer) return;
    const before = page.dataset.labServer;
    page.dataset.labServer = state;
    if (state === 'CONNECTED') {
      reached = true;
      if (before) dispatchEvent(new Event('lab-connected'));
    } else if (state === 'PINGING_SERVER' || state === 'DISCONNECTED_FOREVER') tried += 1;
    say(state === 'CONNECTED' ? '' : reached ? 'away' : tried ? 'blocked' : '');
  }

  function say(what) {
    /** @type {NodeListOf<HTMLElement>} */
    const lines = document.querySelectorAll('.lab-server [data-when]');
    for (const line of lines) line.hidden = line.dataset.when !== what;
    /** @type {NodeListOf<HTMLAnchorElement>} */
    const ways = document.querySelectorAll('.lab-server a');
    for (const way of ways) way.search = location.search;
  }

  const awaited = new MutationObserver(() => {
    app = document.querySelector(APP);
    if (!app) return;
    awaited.disconnect();
    new MutationObserver(look).observe(app, { attributeFilter: ['data-test-connection-state'] });
    look();
  });
  awaited.observe(document, { subtree: true, childList: true });
}
