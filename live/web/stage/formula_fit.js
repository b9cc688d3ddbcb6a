// The formula stands in one view with the picture: what a question takes of the window's height the
// picture gives. It gives when a scene, a view or a loss is chosen and at a release, never while a hand moves.

const PICTURE = '.lab-main > .lab-picture, .lab-paint .lab-mask'; // what keeps its proportions

const GAP = 20; // between a formula, its numbers and its controls
const GROWS = 4; // letters that the numbers of a formula may grow by, before they take a second line

export class FormulaFit {
  #given = 0;
  #place = '';
  #chosen = '';

  /** @param {HTMLElement} root of a stage */
  constructor(root) {
    this.root = root;
    this.again = () => {
      this.#place = '';
      this.#fit();
    };
    addEventListener('resize', this.again);
    document.fonts.addEventListener('loadingdone', this.again); // letters have another height then
  }

  draw({ scene, view, loss }) {
    const [place, chosen] = [`${scene} ${view}`, `${scene} ${view} ${loss}`];
    if (chosen === this.#chosen) return;
    this.#chosen = chosen;
    this.#fit(place);
  }

  // What a release brought may need more.
  receive() {
    this.#chosen = '';
  }

  // Within one scene it only gives: a picture that grew again with every other loss would flicker.
  #fit(place = '') {
    const { style, classList } = this.root;
    const allowed = getComputedStyle(this.root);
    if (allowed.getPropertyValue('--beside')) this.#layBeside();
    const most = Number(allowed.getPropertyValue('--most-given')) || 0;
    const least = place && place === this.#place ? this.#given : 0;
    this.#place = place;
    style.removeProperty('--given');
    style.removeProperty('--picture-high');
    classList.remove('giving');
    const lacking = most && beyond(this.root);
    this.#given = Math.min(most, Math.max(least, lacking));
    if (!this.#given) return;
    const high = this.root.querySelector(PICTURE)?.getBoundingClientRect().height ?? 0;
    const give = () => {
      style.setProperty('--given', `${this.#given}px`);
      style.setProperty('--picture-high', `${high - this.#given}px`);
    };
    classList.add('giving');
    give();
    // It is no lower than what stands beside it: that would help nothing.
    const gained = lacking - beyond(this.root);
    if (gained >= this.#given) return;
    this.#given = Math.max(0, gained);
    give();
  }

  // A formula and its numbers side by side, or both beside the controls, if there is room for that and
  // for longer numbers.
  #layBeside() {
    for (const numbers of this.root.querySelectorAll('.lab-tex.numbers')) {
      const { parentElement: holder, previousElementSibling: tex } = numbers;
      if (!holder.clientWidth) continue;
      const { paddingLeft, paddingRight } = getComputedStyle(holder);
      const knobs = holder.querySelector('.lab-parameters')?.clientWidth ?? 0;
      const free = holder.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight) - knobs - 2 * GAP;
      const longer = GROWS * parseFloat(getComputedStyle(numbers).fontSize);
      const needed = width(numbers) + longer;
      holder.classList.toggle('beside', width(tex) + needed < free);
      holder.classList.toggle('above', needed < free);
    }
  }

  dispose() {
    removeEventListener('resize', this.again);
    document.fonts.removeEventListener('loadingdone', this.again);
  }
}

// How far a stage reaches beyond the window in which it is scrolled, once that is at its top.
function beyond(root) {
  const inside = root.closest('[data-testid=stMain]') ?? document.documentElement;
  const top = inside === document.documentElement ? 0 : inside.getBoundingClientRect().top;
  const bottom = Math.max(...Array.from(root.children, (part) => part.getBoundingClientRect().bottom));
  return Math.ceil(bottom + inside.scrollTop - top - inside.clientHeight);
}

// Of a formula in one line: of the pieces between which it may break.
function width(tex) {
  const pieces = tex.querySelectorAll('.katex-html > .base');
  return Array.from(pieces, (piece) => piece.getBoundingClientRect().width).reduce((sum, one) => sum + one, 0);
}
