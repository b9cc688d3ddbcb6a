// What the modules hand each other. The state and what goes between browser and server are told in
// store.js.

import type { Answer as Answered, State } from './store.js';

export type { State };

/** Torch's numbers, and the release that they answer. */
export type Answer = Answered & { sequence: number };

/** A row of the state table, as it describes itself in the document. */
export interface Row {
  default: unknown;
  low?: number;
  high?: number;
  logarithmic?: boolean;
  choices?: string[];
  [fact: string]: unknown;
}

export interface Parameter {
  name: string;
  symbol: string; // TeX
}

/** A loss as its page shows it. */
export interface Loss {
  id: string;
  name: string;
  short: string; // the name where there is little room
  colour: string;
  dash: string; // of its line, as SVG has it; '' for none
  formula: string; // TeX
  formula_with_values: [condition: string, tex: string][]; // the same with the screen's numbers, see formula.js
  terms: { name: string; role: string; label: string }[]; // what its value is made of
  symbols: { tex: string; role: string; text: string }[]; // what those of its formula stand for
  parameters: Parameter[];
  options: { name: string; label: string }[];
}

export interface Scene {
  id: string;
  title: string;
  question: string;
  answers: { text: string; right: boolean }[];
  reveal: string;
  state: Partial<State>;
  veil: string[]; // what is hidden until it is answered, by the names that the stylesheets know
  waits: { still: string; playing: string }; // what is said meanwhile, in a view without a Play and with one
  tip: { ask: string; heard: string; next: string } | null; // for who teaches with it
  act?: { of: string; equals: string | number; within: number; shown: Partial<State>; play?: boolean };
}

/** The document of a page. A family adds what its own stage needs. */
export interface Page {
  title: string;
  words: Record<string, string>;
  losses: Loss[];
  scenes: Scene[];
  rows: Record<string, Row>;
  defaults: State;
  views: Record<string, string[]>; // which losses each view shows
  palette: Record<string, { paint: string; light: string; dark: string }>;
  // biome-ignore lint/suspicious/noExplicitAny: what a family's stage reads of its own document
  [fact: string]: any;
}

/** What a loss says of what the screen shows. */
export interface Result {
  value: number;
  gradient: number[];
  length: number; // of the gradient
  reading(name: string): number | string; // an intermediate of its formula, or a parameter
  numbers?(): string; // the formula's line of numbers, where a view writes it itself
  found?: { value: number; tolerance: number }[]; // what browser and torch both searched for
  precision?: number; // how far the value may be from torch's
  // biome-ignore lint/suspicious/noExplicitAny: what a family's own pictures and columns read
  [fact: string]: any;
}

export type Results = Map<string, Result>;

/** What stands below the picture: a formula, its numbers, and torch's word on them. */
export interface Card {
  element: Element;
  draw(
    state: State,
    results: Results,
    torch: { answer: Answer | undefined; checked: Results; comparable: boolean },
  ): void;
}

interface Descending {
  runs: Map<string, unknown[]> | null;
  advance(state: State): boolean;
  rewind(): void;
}

/**
 * Many people's predictions on one picture (hall/projector/cloud.js): which rows of the state they
 * are, how each descends, and how they are drawn. `Point` is what descends: an answer, or what
 * `start` makes of it.
 */
export interface Cloud {
  row: string; // that is placed; or several, with commas between, which are placed at once
  pace: number; // steps in a sixtieth of a second
  most?: number; // steps until a descent ends
  shares?: boolean; // whether what is drawn says how many placed something there
  along?: string; // in words, what gives the value where it is not the chosen loss, or where all start
  by?(state: State): string; // what the order depends on where it is not the chosen loss
  // biome-ignore lint/suspicious/noExplicitAny: a number, a box, whatever the row holds
  start?(answer: any, state: State): any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  value(at: any, state: State): number; // of the chosen loss
  // biome-ignore lint/suspicious/noExplicitAny: as above
  step: ((at: any, state: State) => any) | null; // where one step of descent leads
  still?: string; // why there is no step, in words
  // biome-ignore lint/suspicious/noExplicitAny: as above
  moved?(from: any, to: any): boolean; // whether a step has led elsewhere
  // biome-ignore lint/suspicious/noExplicitAny: as above
  draw(marks: { at: any; shade: number }[], state: State): void;
}

/** One way of looking at a page's losses; the whole of a stage, or one of several Views. */
export interface View {
  element: Element; // the picture; of a view that is a whole stage, all but the card
  card?: Card;
  cards?: Card[];
  table?: { element: Element; draw(results: Results, on: string[], chosen: string): void };
  side?: Element; // below the table
  controls?: Element; // below the picture
  descent?: Descending;
  playback?: { elements: Element[]; stop(): void; wait(waiting: boolean): void; dispose(): void };
  // biome-ignore lint/suspicious/noExplicitAny: a view with a card of its own has its own results
  results(state: State, answer?: Answer): Map<string, any>;
  draw(state: State, results: Results): void;
  checked?(state: State, results: Results): Results; // what torch's answer is compared with
  // biome-ignore lint/suspicious/noConfusingVoidType: most have no size of their own to tell
  layout?(width: number, height: number): number[] | void; // for a picture drawn in pixels
  tall?(state: State): boolean; // whether it needs more room than others
  open?(scene: Scene): void;
  offered?(scene: Scene, state: State): boolean; // whether a scene is one to choose from
  above?: Element | false; // what stands beside the scenes
  byNumber?(number: number): void; // what a digit does in a lecture, where it switches no loss
  cloud?: Cloud; // of what can be placed on the picture
  dispose?(): void;
}

/** About how many ticks, along and across, or which, given the ends of the axis. */
export type Ticks = (number | ((low: number, high: number) => number[]))[];

declare global {
  // KaTeX, and what benchmarks listen to.
  var katex: { render(tex: string, element: Element, options: object): void };
  var labFrame: ((milliseconds: number) => void) | undefined;
  var colourScheme: { readonly choice: string; choose(scheme: string): void };
  var __streamlit: { BACKEND_BASE_URL: string; HOST_CONFIG: object };
}
