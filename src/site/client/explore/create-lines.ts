import type { View } from '../../../explore/view.ts';
import { digits } from '../digits.ts';
import { element } from '../element.ts';
import type { Drawn } from './create-views.ts';

type LinesView = Extract<View, { kind: 'lines' }>;

const [width, height] = [560, 280];
const margin = { top: 12, right: 12, bottom: 40, left: 56 };

const svg = (
  tag: string,
  attributes: Readonly<Record<string, string | number>>,
  ...children: readonly (Node | string)[]
): SVGElement => {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
};

/** Round steps, four or so. */
export const ticksTo = (largest: number): readonly number[] => {
  if (!(largest > 0)) return [0];
  const rough = largest / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  return Array.from({ length: Math.floor(largest / step + 1e-9) + 1 }, (_, at) => at * step);
};

const drawing = ({ lines, axes }: LinesView): SVGElement => {
  const longest = Math.max(...lines.map(({ values }) => values.length));
  const largest = Math.max(0, ...lines.flatMap(({ values }) => [...values]));
  const x = (at: number): number =>
    margin.left + (at / Math.max(1, longest - 1)) * (width - margin.left - margin.right);
  const y = (value: number): number =>
    height - margin.bottom - (value / (largest || 1)) * (height - margin.top - margin.bottom);
  const path = (values: Float64Array): string =>
    Array.from(
      values,
      (value, at) => `${at === 0 ? 'M' : 'L'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`,
    ).join('');
  const yTicks = ticksTo(largest).flatMap((tick) => [
    svg('line', { class: 'grid', x1: margin.left, x2: width - margin.right, y1: y(tick), y2: y(tick) }),
    svg('text', { x: margin.left - 6, y: y(tick) + 4, 'text-anchor': 'end' }, digits(tick)),
  ]);
  const xTicks = ticksTo(longest)
    .map((tick) => Math.max(1, tick))
    .map((tick) =>
      svg('text', { x: x(tick - 1), y: height - margin.bottom + 18, 'text-anchor': 'middle' }, String(tick)),
    );
  return svg(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true', focusable: 'false' },
    ...yTicks,
    ...xTicks,
    svg('text', { x: width - margin.right, y: height - 4, 'text-anchor': 'end' }, axes[0]),
    ...lines.map(({ values }, at) => svg('path', { class: `line line-${at}`, d: path(values) })),
  );
};

const tableOf = ({ lines, axes, title }: LinesView): HTMLTableElement => {
  const longest = Math.max(...lines.map(({ values }) => values.length));
  return element(
    'table',
    {},
    element('caption', {}, title),
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        ...[axes[0], ...lines.map(({ label }) => label)].map((name) => element('th', { scope: 'col' }, name)),
      ),
    ),
    element(
      'tbody',
      {},
      ...Array.from({ length: longest }, (_, at) =>
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, String(at + 1)),
          ...lines.map(({ values }) => {
            const value = values[at];
            return element('td', { className: 'number' }, value === undefined ? '' : digits(value));
          }),
        ),
      ),
    ),
  );
};

/** Lines over 1, 2, …, from zero; as a table on demand. */
export const createLines = (): Drawn<LinesView> => {
  const caption = element('figcaption');
  const plot = element('div', { className: 'lines-plot', role: 'img' });
  const key = element('p', { className: 'legend' });
  const table = element('div', { className: 'scroll', tabIndex: 0, role: 'region' });
  const details = element('details', {}, element('summary', {}, 'As a table'), table);
  let shown: LinesView | undefined;
  const fillTable = (): void => {
    if (shown && details.open) table.replaceChildren(tableOf(shown));
  };
  details.addEventListener('toggle', fillTable);
  return {
    element: element('figure', { className: 'lines' }, caption, plot, key, details),
    show: (view) => {
      shown = view;
      caption.textContent = `${view.title}: ${view.axes[1]}`;
      plot.ariaLabel = view.lines
        .map(
          ({ label, values }) => `${label}: from ${digits(values[0] ?? 0)} to ${digits(values.at(-1) ?? 0)}`,
        )
        .join('; ');
      table.ariaLabel = view.title;
      plot.replaceChildren(drawing(view));
      key.replaceChildren(
        ...view.lines.flatMap(({ label }, at) => [
          svg(
            'svg',
            { viewBox: '0 0 28 8', class: 'sample', 'aria-hidden': 'true' },
            svg('path', { class: `line line-${at}`, d: 'M0 4L28 4' }),
          ),
          ` ${label} `,
        ]),
      );
      fillTable();
    },
  };
};
