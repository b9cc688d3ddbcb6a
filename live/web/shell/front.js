// Runs in the front page, before Streamlit starts.

// Pages of this app have no slash in their path, so the server is where the page's own folder is.
// Streamlit told all this opens its websocket at once, not after two questions to the server; no
// page but one of ours may send it messages.
window.__streamlit = {
  BACKEND_BASE_URL: new URL('./', window.location.href).href,
  HOST_CONFIG: {
    allowedOrigins: [window.location.origin],
    useExternalAuthToken: false,
    blockErrorDialogs: true, // they are English, and cover a picture that goes on (connection.js)
  },
};

// What starts Streamlit has been loaded by then, and has had the whole line to itself.
document.addEventListener('DOMContentLoaded', () => {
  /** @type {NodeListOf<HTMLLinkElement>} */
  const later = document.querySelectorAll('link[data-later]');
  for (const link of later) link.rel = link.dataset.later;
});
