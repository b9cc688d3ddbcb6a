// A finger that wipes over a slide turns it. On a stage fingers move what is there.

const FAR = 60; // pixels along, and more along than across

/**
 * @param {HTMLElement} element
 * @param {(key: string) => void} act
 */
export function hearSwipes(element, act) {
  /** @type {PointerEvent | null} */
  let from = null;
  element.addEventListener('pointerdown', (event) => {
    const of = event.target instanceof Element && event.target.closest('.hall-stage, .hall-card');
    from = event.pointerType === 'touch' && event.isPrimary && !of ? event : null;
  });
  element.addEventListener('pointerup', (event) => {
    if (!from) return;
    const [along, across] = [event.clientX - from.clientX, event.clientY - from.clientY];
    from = null;
    if (Math.abs(along) > FAR && Math.abs(along) > 2 * Math.abs(across)) act(along < 0 ? 'next' : 'previous');
  });
}
