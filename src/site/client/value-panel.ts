/**
 * What stands behind a number: what it is and whose definition, how sure, against what, what the original says, which
 * sentences use it, how it was made and how to make it again. Filled on demand from the JSON of its table. Without a script a
 * number leads to its row.
 */
import type { TableJson } from './table-json.ts';
import type { ValuesJson } from './values-json.ts';

const home = document.documentElement.dataset['home'] ?? './';
const repository = document.documentElement.dataset['source'];

/** What tells of values of no table, below the paper's address. */
const valuesFile = 'values.json';

const loaded = new Map<string, Promise<TableJson | ValuesJson>>();
const read = (file: string): Promise<TableJson | ValuesJson> => {
  const known =
    loaded.get(file) ??
    fetch(`${home}${file}`).then((answer) => {
      if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
      return answer.json() as Promise<TableJson | ValuesJson>;
    });
  loaded.set(file, known);
  known.catch(() => loaded.delete(file));
  return known;
};

/** Of no table is what leads to, or stands on, the page of such values. */
const fileOf = (element: HTMLElement, value: string): string =>
  element.closest('[href*="values/#"], [data-values]') ? valuesFile : `tables/${value.split('.')[0]}.json`;

let dialog: HTMLDialogElement | undefined;
const panel = (): HTMLDialogElement => {
  if (dialog) return dialog;
  dialog = document.createElement('dialog');
  dialog.className = 'value-panel';
  dialog.setAttribute('aria-labelledby', 'value-panel-title');
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) dialog?.close();
  });
  document.body.append(dialog);
  return dialog;
};

const open = async (element: HTMLElement): Promise<void> => {
  const { value = '', raw = '' } = element.dataset;
  const file = fileOf(element, value);
  const at = panel();
  at.replaceChildren(closing(), Object.assign(document.createElement('p'), { textContent: 'reading …' }));
  at.showModal();
  try {
    // What fills it waits until a reader asks.
    const [json, { panelParts }] = await Promise.all([read(file), import('./panel-parts.ts')]);
    at.replaceChildren(closing(), ...panelParts(json, value, raw, { home, repository }));
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const text = `What stands behind this number could not be read: ${said}. It is in ${home}${file}.`;
    at.replaceChildren(closing(), Object.assign(document.createElement('p'), { textContent: text }));
  }
};

const closing = (): HTMLElement => {
  const form = document.createElement('form');
  form.method = 'dialog';
  const button = document.createElement('button');
  button.textContent = 'Close';
  form.append(button);
  return form;
};

/** Numbers of tables and all that lead to where they stand; other words have no panel. */
const hasPanel = (target: EventTarget | null): HTMLElement | null => {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-value]') : null;
  return element?.matches('a') || element?.dataset['value']?.includes('.') ? element : null;
};

document.addEventListener('click', (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const element = hasPanel(event.target);
  if (!element) return;
  event.preventDefault();
  void open(element);
});

/** A table is one stop of the tab key: arrows go from number to number within it. */
for (const table of document.querySelectorAll<HTMLTableElement>('[data-table] table')) {
  const cells = [...table.querySelectorAll<HTMLElement>('[data-value]')].filter(hasPanel);
  for (const [at, cell] of cells.entries()) {
    cell.tabIndex = at === 0 ? 0 : -1;
    cell.setAttribute('role', 'button');
  }
}
document.addEventListener('keydown', (event) => {
  const element = hasPanel(event.target);
  const table = element?.closest('table');
  if (!element || !table) return;
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    void open(element);
    return;
  }
  const row = element.closest('tr');
  const column = element.closest<HTMLTableCellElement>('td, th')?.cellIndex ?? 0;
  const rows = [...table.querySelectorAll('tr')];
  const own = cellsOf(row);
  const beside = new Map<string, HTMLElement | undefined>([
    ['ArrowLeft', own[own.indexOf(element) - 1]],
    ['ArrowRight', own[own.indexOf(element) + 1]],
    ['ArrowUp', numberIn(rows[rows.indexOf(row as HTMLTableRowElement) - 1], column)],
    ['ArrowDown', numberIn(rows[rows.indexOf(row as HTMLTableRowElement) + 1], column)],
  ]).get(event.key);
  if (!beside) return;
  event.preventDefault();
  element.tabIndex = -1;
  beside.tabIndex = 0;
  beside.focus();
});

const cellsOf = (row: Element | null | undefined): HTMLElement[] =>
  row ? [...row.querySelectorAll<HTMLElement>('[data-value]')].filter(hasPanel) : [];
const numberIn = (row: HTMLTableRowElement | undefined, column: number): HTMLElement | undefined =>
  cellsOf(row?.cells[column])[0];
