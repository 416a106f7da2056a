/** A map in words: one entry, its range, and a table for those who do not see it. */
import { digits } from '../digits.ts';
import { element } from '../element.ts';
import { isEntry, type MapView } from './map-colours.ts';
import { shareText } from './share-text.ts';

/** More entries than that are told by their largest. */
const mostEntries = 1600;
const nLargest = 12;

export const entryText = ({ scale }: MapView, value: number): string =>
  scale === 'share' ? shareText(value) : digits(value).replaceAll('-', '−');

const nameAt = ({ labels }: MapView, axis: 0 | 1, at: number): string => {
  const label = labels?.[axis][at];
  return label === undefined ? String(at) : `${at} ${label}`;
};

/** Where an entry stands, and what it is. */
export const placeText = (view: MapView, row: number, column: number): string => {
  const [rowName, columnName] = view.axes;
  const place = `${rowName} ${nameAt(view, 0, row)}, ${columnName} ${nameAt(view, 1, column)}`;
  return isEntry(view, row, column)
    ? `${place}: ${entryText(view, view.values[row * view.cols + column]!)}`
    : `${place}: none`;
};

const cell = (view: MapView, row: number, column: number): HTMLElement =>
  element(
    'td',
    { className: 'number' },
    isEntry(view, row, column) ? entryText(view, view.values[row * view.cols + column]!) : '',
  );

const wholeTable = (view: MapView): HTMLTableElement =>
  element(
    'table',
    {},
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        element('th', { scope: 'col' }, `${view.axes[0]} \\ ${view.axes[1]}`),
        ...Array.from({ length: view.cols }, (_, column) =>
          element('th', { scope: 'col' }, nameAt(view, 1, column)),
        ),
      ),
    ),
    element(
      'tbody',
      {},
      ...Array.from({ length: view.rows }, (_, row) =>
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, nameAt(view, 0, row)),
          ...Array.from({ length: view.cols }, (_column, column) => cell(view, row, column)),
        ),
      ),
    ),
  );

/** The largest entries by size, the first one first. */
export const largestEntries = (view: MapView): readonly number[] =>
  Array.from(view.values, (_, at) => at)
    .filter((at) => isEntry(view, Math.floor(at / view.cols), at % view.cols))
    .sort((a, b) => Math.abs(view.values[b]!) - Math.abs(view.values[a]!))
    .slice(0, nLargest);

/** Every entry of a small map; of a large one the largest. */
export const mapTable = (view: MapView): HTMLTableElement => {
  if (view.rows * view.cols <= mostEntries) return wholeTable(view);
  const [rowName, columnName] = view.axes;
  const rows = largestEntries(view).map((at) => {
    const [row, column] = [Math.floor(at / view.cols), at % view.cols];
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, nameAt(view, 0, row)),
      element('td', {}, nameAt(view, 1, column)),
      cell(view, row, column),
    );
  });
  return element(
    'table',
    {},
    element('caption', {}, `The ${rows.length} largest of ${view.rows * view.cols} entries, by size`),
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        ...[rowName, columnName, 'entry'].map((name) => element('th', { scope: 'col' }, name)),
      ),
    ),
    element('tbody', {}, ...rows),
  );
};
