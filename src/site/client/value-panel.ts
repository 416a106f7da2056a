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
  const reading = Object.assign(document.createElement('p'), { textContent: 'reading …' });
  at.replaceChildren(closing(), reading);
  at.showModal();
  try {
    // What fills it waits until a reader asks.
    const [json, { panelParts }] = await Promise.all([read(file), import('./panel-parts.ts')]);
    // What closes it has the focus, and stays.
    reading.replaceWith(...panelParts(json, value, raw, { home, repository }));
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
