/** Offers to copy: a table as CSV, LaTeX or Markdown, an equation as TeX, a block of code as it stands. */

const button = (text: string, label: string, copied: () => Promise<string> | string): HTMLButtonElement => {
  const made = Object.assign(document.createElement('button'), { type: 'button', textContent: text });
  made.className = 'copy';
  made.dataset['media'] = 'screen';
  made.setAttribute('aria-label', label);
  made.addEventListener('click', async () => {
    let said: string;
    try {
      await navigator.clipboard.writeText(await copied());
      said = 'copied';
    } catch {
      said = 'not copied';
    }
    made.textContent = said;
    made.setAttribute('aria-label', `${label}: ${said}`);
    setTimeout(() => {
      made.textContent = text;
      made.setAttribute('aria-label', label);
    }, 1500);
  });
  return made;
};

const readText = async (href: string): Promise<string> => {
  const answer = await fetch(href);
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
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
    (await import('./table-text.ts'))[form](table, caption.replace(/\s+/g, ' ').trim());
  details.append(
    summary,
    ...(csv === undefined ? [] : [button('CSV', 'Copy the table as CSV', () => readText(csv))]),
    button('LaTeX', 'Copy the table as LaTeX', as('latexOf')),
    button('Markdown', 'Copy the table as Markdown', as('markdownOf')),
  );
  return details;
};

for (const figure of document.querySelectorAll<HTMLElement>('figure[data-table]')) {
  const table = figure.querySelector<HTMLTableElement>('.scroll > table');
  const row =
    figure.querySelector('.downloads') ??
    (figure.nextElementSibling?.matches('.downloads') ? figure.nextElementSibling : null);
  const csv = row?.querySelector<HTMLAnchorElement>('a[href$=".csv"]')?.href;
  if (table && row) row.append(copyAs(figure, table, csv));
}

for (const equation of document.querySelectorAll<HTMLElement>('.equation')) {
  const tex = equation.querySelector('annotation[encoding="application/x-tex"]')?.textContent;
  const number = equation.querySelector('.number');
  if (tex && number) number.before(button('TeX', 'Copy the equation as TeX', () => tex));
}

for (const code of document.querySelectorAll<HTMLElement>('[data-copy]'))
  code.after(button('Copy', code.dataset['copy'] ?? 'Copy', () => code.textContent ?? ''));
