// The program that prints the number on the screen, in each of its forms: written by the server for
// the state that it is asked about, or kept in a document, for the state in which a page opens.

import { fetchDocument } from '../core/load.js';

// Whether the programs at an address have the numbers of the screen.
export const follows = (address) => !address.startsWith('data/');

/**
 * @param {string} address
 * @param {Record<string, string>} link of the state
 * @param {string} [loss] the chosen one, where the page has any
 * @returns {Promise<{ form: string, lead: string, code: string | null }[]>}
 */
export async function programsOf(address, link, loss = '') {
  if (!follows(address)) return (await fetchDocument(address))[loss];
  const query = new URLSearchParams({ ...link, lang: document.documentElement.lang });
  const answer = await fetch(new URL(`${address}?${query}`, document.baseURI));
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}
