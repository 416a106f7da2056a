import type { View } from '../../../explore/view.ts';
import { digits } from '../digits.ts';
import { element } from '../element.ts';
import type { Drawn } from './drawn.ts';

/** Figures, each with a link to the row of the table that prints it. */
export const createFigures = (
  folder: string,
  tables: Readonly<Record<string, string>>,
): Drawn<Extract<View, { kind: 'figures' }>> => {
  const caption = element('caption');
  const body = element('tbody');
  const titleOf = (table: string): string => (tables[table] ?? table).replaceAll('$', '');
  return {
    element: element('table', { className: 'figures' }, caption, body),
    show: ({ title, figures }) => {
      caption.textContent = title;
      body.replaceChildren(
        ...figures.map(({ label, value, place }) => {
          const number = element('td', { className: 'number' }, digits(value));
          number.dataset['raw'] = String(value);
          const link =
            place &&
            element(
              'a',
              { href: `${folder}tables/${place.table}/#${place.row}` },
              `${titleOf(place.table)}, ${place.row.replaceAll('-', ' ')}`,
            );
          return element(
            'tr',
            {},
            element('th', { scope: 'row' }, label),
            number,
            element('td', {}, link ?? 'in no table'),
          );
        }),
      );
    },
  };
};
