// Runs in the front page, before Streamlit starts.

// Pages of this app have no slash in their path, so the server is where the page's own folder is.
// Streamlit told all this opens its websocket at once, not after two questions to the server; no
// page but one of ours may send it messages.
window.__streamlit = {
  BACKEND_BASE_URL: new URL('./', window.location.href).href,
  HOST_CONFIG: { allowedOrigins: [window.location.origin], useExternalAuthToken: false },
};

// What starts Streamlit has been loaded by then, and has had the whole line to itself.
document.addEventListener('DOMContentLoaded', () => {
  /** @type {NodeListOf<HTMLLinkElement>} */
  const later = document.querySelectorAll('link[data-later]');
  for (const link of later) link.rel = link.dataset.later;
});

// Light or dark: Streamlit follows what the system prefers, at once and without a reload. What the
// reader chooses in our sidebar is therefore told as the system's preference, on every page.
window.colourScheme = (() => {
  const KEY = 'loss-lab-colour-scheme';
  const DARK = '(prefers-color-scheme: dark)';
  const ask = window.matchMedia.bind(window);
  const system = ask(DARK);
  const preference = new EventTarget();
  const changed = () => preference.dispatchEvent(Object.assign(new Event('change'), { matches: dark() }));
  const dark = () => (choice === 'system' ? system.matches : choice === 'dark');
  let choice = 'system';
  try {
    choice = localStorage.getItem(KEY) ?? choice;
  } catch {
    /* a browser that keeps nothing */
  }

  Object.defineProperties(preference, {
    media: { value: DARK },
    matches: { get: dark },
  });
  system.addEventListener('change', changed);
  window.matchMedia = (query) => (query === DARK ? preference : ask(query));
  return {
    get choice() {
      return choice;
    },
    choose(scheme) {
      choice = scheme;
      try {
        localStorage.setItem(KEY, scheme);
      } catch {
        /* it holds until the page is left */
      }
      changed();
    },
  };
})();
