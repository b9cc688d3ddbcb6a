// Scrolls to the claim that a link asks for, once: after that the reader scrolls.

let shown = ''; // the address that led to it

export default function scroll({ data }) {
  if (shown === location.href) return;
  shown = location.href;
  document.querySelector(`.st-key-${data.key}`)?.scrollIntoView({ block: 'start' });
}
