/**
 * What names a row beside its first column. On a phone only the first column stays in place while the others move: there it
 * tells the row's whole name, and the columns that it tells of are not shown (tables.css).
 */
import type { RowPart } from '../../results/row-words.ts';
import { raisedHtml } from '../printed-numbers.ts';
import { labelHtml } from './label-html.ts';

/** None where the first column alone names a row. Not of a copied or printed table, which has each column. */
const shownHtml = (parts: readonly string[]): string =>
  parts.length === 0
    ? ''
    : `<span class="further-keys" data-media="screen">${parts.map((part) => ` · ${part}`).join('')}</span>`;

/** In the first cell of a row. */
export const furtherKeys = (parts: readonly RowPart[]): string =>
  shownHtml(
    parts.map(({ label, text, isNumber }) =>
      isNumber ? `${labelHtml(label)} ${raisedHtml(text)}` : raisedHtml(text),
    ),
  );

/** In the head of the first column. */
export const furtherHeads = (labels: readonly string[]): string => shownHtml(labels.map(labelHtml));
