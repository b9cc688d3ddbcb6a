// Runs first in every page. Light or dark: what the reader chooses, or a link asks for, is told as
// what the system prefers, which everything on a page follows at once and without a reload.

window.colourScheme = (() => {
  const KEY = 'loss-lab-colour-scheme';
  const DARK = '(prefers-color-scheme: dark)';
  const ask = window.matchMedia.bind(window);
  const system = ask(DARK);
  const preference = new EventTarget();
  const changed = () => {
    tell();
    preference.dispatchEvent(Object.assign(new Event('change'), { matches: dark() }));
  };
  const dark = () => (choice === 'system' ? system.matches : choice === 'dark');
  const tell = () => {
    document.documentElement.dataset.scheme = dark() ? 'dark' : 'light';
  };
  let choice = 'system';
  try {
    choice = localStorage.getItem(KEY) ?? choice;
  } catch {
    /* a browser that keeps nothing */
  }

  const asked = new URLSearchParams(location.search).get('theme');
  if (asked === 'light' || asked === 'dark') choice = asked;
  tell();

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
