// The line below a slide: what the keys do most, who is there, and what the cloud shows.

import { html, show, template, write } from '../../core/dom.js';

export class Footer {
  /**
   * @param {Record<string, string>} words
   * @param {object} does
   * @param {(key: string) => void} does.act
   * @param {(which: string) => void} does.pick some of the cloud's predictions
   */
  constructor(words, { act, pick }) {
    this.words = words;
    const button = (label, key) => html('button', { type: 'button', onclick: () => act(key) }, label);
    this.play = button(words.play, 'play');
    this.reveal = button(words.reveal, 'answer');
    this.position = html('span', {});
    this.counts = html('span', { class: 'hall-counts', role: 'status' });
    this.told = html('span', { class: 'hall-status', role: 'status' });
    this.still = html('span', { class: 'hall-status', role: 'status' }); // why nothing plays
    this.clouded = html('span', {});
    const picks = [
      [words.cloud_all, 'all'],
      [words.cloud_best, 'best'],
      [words.cloud_middle, 'middle'],
    ].map(([label, which]) => html('button', { type: 'button', onclick: () => pick(which) }, label));
    const scale = html('i', { class: 'hall-scale' });
    this.picks = html(
      'span',
      { class: 'hall-picks' },
      this.clouded,
      html('span', { class: 'hall-shades' }, words.cloud_best_loss, scale, words.cloud_worst_loss),
      ...picks,
    );
    show(this.picks, false);
    this.element = html(
      'footer',
      {},
      button('◀', 'previous'),
      this.position,
      button('▶', 'next'),
      this.play,
      this.reveal,
      button(words.room, 'room'),
      button('?', 'help'),
      this.picks,
      this.counts,
      this.still,
      this.told,
    );
  }

  /**
   * @param {object} shown
   * @param {string} shown.position
   * @param {boolean} shown.asks whether there is something to reveal
   * @param {boolean} shown.pictures whether there is a stage
   * @param {string} shown.counts who is there; empty without a room
   */
  draw({ position, asks, pictures, counts }) {
    write(this.position, position);
    this.play.disabled = !pictures;
    this.reveal.disabled = !asks;
    show(this.counts, counts !== '');
    write(this.counts, counts);
  }

  // `palette` is that of the stage on which the cloud lies.
  drawCloud(cloud, palette) {
    write(this.still, '');
    show(this.picks, Boolean(cloud));
    if (!cloud) return;
    for (const role of ['target', 'descent']) this.picks.style.setProperty(`--${role}`, palette[role].paint);
    const { count, points, source } = cloud;
    const { words } = this;
    const counted = template(count > points.length ? words.cloud_thinned : words.cloud, {
      count,
      shown: points.length,
    });
    const what = source.shares ? words.cloud_shares : source.along;
    write(this.clouded, what ? template(words.cloud_what, { counted, what }) : counted);
    write(this.still, source.step ? '' : source.still);
  }
}
