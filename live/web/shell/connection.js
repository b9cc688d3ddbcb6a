// Runs in the front page: says in one quiet line that the server is away, or that it was never
// reached, and tells the stage when it is back. Streamlit's own word for it would cover the picture.
//
// A server that was started anew knows nothing of this page, and would drop what a stage sends without
// a word; so the whole page is run first.

{
  const APP = '[data-testid="stApp"]';
  /** @type {HTMLElement | null} */
  let app = null;
  let reached = false; // whether this page has ever talked to its server
  let tried = 0; // how often it looked for it before
  let run = ''; // of the run of a page that is back: asked, begun

  function look() {
    const { testConnectionState: state, testScriptState: script } = app.dataset;
    const page = document.documentElement;
    if (!state || state === page.dataset.labServer) return;
    if (state !== 'CONNECTED') run = '';
    else if (reached && !run) {
      run = 'asked';
      postMessage({ stCommVersion: 1, type: 'RERUN_SCRIPT' }, location.origin);
    }
    if (run && script === 'running') run = 'begun';
    if (run && !(run === 'begun' && script === 'notRunning')) return;
    run = '';
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
    new MutationObserver(look).observe(app, {
      attributeFilter: ['data-test-connection-state', 'data-test-script-state'],
    });
    look();
  });
  awaited.observe(document, { subtree: true, childList: true });
}
