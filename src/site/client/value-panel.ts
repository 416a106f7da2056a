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

const tableFile = (value: string): string => `tables/${value.split('.')[0]}.json`;

/** Of no table is what leads to, or stands on, the page of such values. */
const fileOf = (element: HTMLElement, value: string): string =>
  element.closest('[href*="values/#"], [data-values]') ? valuesFile : tableFile(value);

let dialog: HTMLDialogElement | undefined;
const panel = (): HTMLDialogElement => {
  if (dialog) return dialog;
  dialog = document.createElement('dialog');
  dialog.className = 'value-panel';
  dialog.setAttribute('aria-labelledby', 'value-panel-title');
  dialog.addEventListener('click', ({ target }) => {
    const link = target instanceof Element ? target.closest('a') : null;
    // It would hide what stands on the page below it.
    const isBelow = link?.hash && link.pathname === location.pathname;
    if (target === dialog || isBelow) dialog?.close();
  });
  dialog.addEventListener('close', () => rememberOpen(undefined));
  document.body.append(dialog);
  return dialog;
};

const numbers = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-value]')];

/** Whose panel is open stands at the page's place in the history: who comes back to it is where they were. */
interface PanelState {
  readonly panel?: { readonly at: number; readonly value: string };
}

const rememberOpen = (element: HTMLElement | undefined): void => {
  const { panel: _, ...others } = (history.state ?? {}) as PanelState;
  const panel = element && { at: numbers().indexOf(element), value: element.dataset['value'] };
  history.replaceState(panel ? { ...others, panel } : others, '');
};

const reopen = (): void => {
  const { panel: known } = (history.state ?? {}) as PanelState;
  const element = known && numbers()[known.at];
  // Another build may have put another number in its place.
  if (!element || element.dataset['value'] !== known.value || dialog?.open) return;
  // Where the focus goes once it is closed.
  element.focus({ preventScroll: true });
  void open(element);
};

const open = async (element: HTMLElement): Promise<void> => {
  const { value = '', raw = '' } = element.dataset;
  const file = fileOf(element, value);
  const at = panel();
  const reading = Object.assign(document.createElement('p'), { textContent: 'reading …' });
  at.replaceChildren(closing(), reading);
  at.showModal();
  rememberOpen(element);
  try {
    // What fills it waits until a reader asks.
    const [json, { cellOf, panelParts }] = await Promise.all([read(file), import('./panel-parts.ts')]);
    const cell = cellOf(json, value);
    const table = cell === undefined ? undefined : ((await read(tableFile(cell))) as TableJson);
    // What closes it has the focus, and stays.
    reading.replaceWith(...panelParts(json, value, raw, { home, repository }, table));
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const text = `What stands behind this number could not be read: ${said}. It is in ${home}${file}.`;
    reading.textContent = text;
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
export const hasPanel = (target: EventTarget | null): HTMLElement | null => {
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

/** What is no link is pressed by the keyboard as a button is. */
document.addEventListener('keydown', (event) => {
  const element = hasPanel(event.target);
  if (!element || element.matches('a[href]') || (event.key !== 'Enter' && event.key !== ' ')) return;
  event.preventDefault();
  void open(element);
});

// A page that the browser kept has its panel still.
addEventListener('popstate', reopen);
reopen();
