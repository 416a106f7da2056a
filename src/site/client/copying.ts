/** Offers to copy: a table as CSV, LaTeX or Markdown, an equation as TeX, a block of code as it stands. */

import { copyButton, NotRead } from './copy-button.ts';

const offer = (...given: Parameters<typeof copyButton>): readonly HTMLElement[] => {
  const [button, outcome] = copyButton(...given);
  button.className = 'copy';
  button.dataset['media'] = 'screen';
  return [button, outcome];
};

/** @throws NotRead */
const unloaded = (): never => {
  throw new NotRead('what writes it cannot be loaded; are you offline?');
};

/** @throws NotRead */
const readText = async (href: string): Promise<string> => {
  const answer = await fetch(href).catch(() => {
    throw new NotRead(`${href} cannot be reached; are you offline?`);
  });
  if (!answer.ok) throw new NotRead(`this site does not hold ${href} (status ${answer.status})`);
  return answer.text();
};

/** Behind one stop of the tab key, since a page has many tables. */
const copyAs = (figure: HTMLElement, table: HTMLTableElement, csv: string | undefined): HTMLElement => {
  const details = document.createElement('details');
  details.className = 'copy-as';
  details.dataset['media'] = 'screen';
  const summary = document.createElement('summary');
  summary.textContent = 'Copy as';
  const caption = (figure.querySelector('figcaption') ?? document.querySelector('h1'))?.textContent ?? '';
  const as = (form: 'latexOf' | 'markdownOf') => async () =>
    (await import('./table-text.ts').catch(unloaded))[form](table, caption.replace(/\s+/g, ' ').trim());
  details.append(
    summary,
    ...(csv === undefined ? [] : offer('CSV', 'Copy the table as CSV', () => readText(csv))),
    ...offer('LaTeX', 'Copy the table as LaTeX', as('latexOf')),
    ...offer('Markdown', 'Copy the table as Markdown', as('markdownOf')),
  );
  return details;
};

/** Where the table's files are offered: within its figure or, on a page of its own, below it. */
const downloadsOf = (figure: HTMLElement): Element | null | undefined =>
  figure.querySelector('.downloads') ?? figure.closest('.full-table')?.querySelector(':scope > .downloads');

for (const figure of document.querySelectorAll<HTMLElement>('figure[data-table]')) {
  const table = figure.querySelector<HTMLTableElement>('.scroll > table');
  const row = downloadsOf(figure);
  const csv = row?.querySelector<HTMLAnchorElement>('a[href$=".csv"]')?.href;
  if (table && row) row.append(copyAs(figure, table, csv));
}

for (const equation of document.querySelectorAll<HTMLElement>('.equation')) {
  const tex = equation.querySelector('annotation[encoding="application/x-tex"]')?.textContent;
  const number = equation.querySelector('.number');
  if (tex && number) number.before(...offer('TeX', 'Copy the equation as TeX', () => tex));
}

for (const code of document.querySelectorAll<HTMLElement>('[data-copy]'))
  code.after(...offer('Copy', code.dataset['copy'] ?? 'Copy', () => code.textContent ?? ''));
