/** A table, whoever wrote it, is one stop of the tab key: arrows go from number to number, and from link to link, within it. */
import { hasPanel } from './value-panel.ts';

const stopsIn = (within: Element | undefined): HTMLElement[] =>
  [...(within?.querySelectorAll<HTMLElement>('a[href], button, [data-value]') ?? [])].filter(
    (element) => element.matches('a[href], button') || hasPanel(element),
  );

/** A column that a reader switched off holds none. */
const shownIn = (within: Element | undefined): HTMLElement[] =>
  stopsIn(within).filter((element) => element.checkVisibility());

/** The next one of a column, however many rows have none in between. */
const inColumn = (rows: readonly HTMLTableRowElement[], column: number): HTMLElement | undefined =>
  rows.map((row) => shownIn(row.cells[column])[0]).find((stop) => stop !== undefined);

const besides = (
  element: HTMLElement,
  table: HTMLTableElement,
): ReadonlyMap<string, HTMLElement | undefined> => {
  const rows = [...table.rows];
  const at = rows.findIndex((row) => row.contains(element));
  const column = element.closest<HTMLTableCellElement>('td, th')?.cellIndex ?? 0;
  const own = shownIn(rows[at]);
  return new Map([
    ['ArrowLeft', own[own.indexOf(element) - 1]],
    ['ArrowRight', own[own.indexOf(element) + 1]],
    ['ArrowUp', inColumn(rows.slice(0, at).toReversed(), column)],
    ['ArrowDown', inColumn(rows.slice(at + 1), column)],
  ]);
};

const tables = [...document.querySelectorAll<HTMLTableElement>('main table')];

/** What a table is entered at. */
const enter = (table: HTMLTableElement, at: HTMLElement | undefined): void => {
  for (const stop of stopsIn(table)) stop.tabIndex = stop === at ? 0 : -1;
};

for (const table of tables) {
  for (const stop of stopsIn(table))
    if (!stop.matches('a[href], button')) stop.setAttribute('role', 'button');
  enter(table, stopsIn(table)[0]);
}

document.addEventListener('keydown', (event) => {
  if (!(event.target instanceof HTMLElement)) return;
  const table = event.target.closest('table');
  const beside = table && besides(event.target, table).get(event.key);
  if (!beside) return;
  event.preventDefault();
  enter(table, beside);
  beside.focus();
});

// Where the stop of a table was in a column that is switched off, another one takes its place.
document.addEventListener('change', () => {
  for (const table of tables) {
    const shown = shownIn(table);
    if (!shown.some(({ tabIndex }) => tabIndex === 0)) enter(table, shown[0]);
  }
});
