import type { View } from '../../../explore/view.ts';
import { element } from '../element.ts';
import type { Drawn } from './drawn.ts';
import { shareText } from './share-text.ts';

/** Shares as a table whose middle column is a bar. */
export const createBars = (): Drawn<Extract<View, { kind: 'bars' }>> => {
  const caption = element('caption');
  const body = element('tbody');
  const row = ({ label, value }: { readonly label: string; readonly value: number }): HTMLElement => {
    const bar = element('div', { className: 'bar' });
    bar.style.width = `${100 * Math.max(0, value)}%`;
    const number = element('td', { className: 'number' }, shareText(value));
    number.dataset['raw'] = String(value);
    return element('tr', {}, element('th', { scope: 'row' }, label), element('td', {}, bar), number);
  };
  return {
    element: element('table', { className: 'bars' }, caption, body),
    show: ({ title, bars }) => {
      caption.textContent = title;
      body.replaceChildren(...bars.map(row));
    },
  };
};
