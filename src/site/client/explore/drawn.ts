import type { View } from '../../../explore/view.ts';

/** A part of the page that is drawn once, and again for each answer of its kind: a reader's place in it stays. */
export interface Drawn<V extends View = View> {
  readonly element: HTMLElement;
  readonly show: (view: V) => void;
}
