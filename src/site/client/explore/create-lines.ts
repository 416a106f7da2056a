import type { View } from '../../../explore/view.ts';
import { digits } from '../digits.ts';
import { element } from '../element.ts';
import type { Drawn } from './drawn.ts';

type LinesView = Extract<View, { kind: 'lines' }>;

/** Text keeps its size: a narrow place has a narrow drawing. */
const [widest, height] = [560, 280];
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

/** Round steps, five or so. */
export const ticksTo = (largest: number): readonly number[] => {
  if (!(largest > 0)) return [0];
  const rough = largest / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  return Array.from({ length: Math.floor(largest / step + 1e-9) + 1 }, (_, at) => at * step);
};

const longestOf = ({ lines }: LinesView): number => Math.max(...lines.map(({ values }) => values.length));

/** From the left of the drawing, in its own units. */
const placeOf = (at: number, longest: number, width: number): number =>
  margin.left + (at / Math.max(1, longest - 1)) * (width - margin.left - margin.right);

const drawing = (view: LinesView, width: number): SVGElement => {
  const { lines, axes } = view;
  const longest = longestOf(view);
  const largest = Math.max(0, ...lines.flatMap(({ values }) => [...values]));
  const x = (at: number): number => placeOf(at, longest, width);
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

const tableOf = (view: LinesView): HTMLTableElement => {
  const { lines, axes, title } = view;
  const longest = longestOf(view);
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

const pointText = ({ axes, lines }: LinesView, at: number): string =>
  [
    `${axes[0]} ${at + 1}`,
    ...lines.flatMap(({ label, values }) =>
      values[at] === undefined ? [] : `${label} ${digits(values[at])}`,
    ),
  ].join('; ');

/** Lines over 1, 2, …, from zero; what they are at a place shows under the pointer, and under the arrow keys. */
export const createLines = (): Drawn<LinesView> => {
  const caption = element('figcaption');
  const rule = element('div', { className: 'rule', hidden: true });
  const plot = element('div', { className: 'lines-plot', tabIndex: 0, role: 'application' });
  plot.ariaRoleDescription = 'line chart';
  const readout = element('output', { className: 'readout' });
  const key = element('p', { className: 'legend' });
  const table = element('div', { className: 'scroll', tabIndex: 0, role: 'region' });
  const details = element('details', {}, element('summary', {}, 'As a table'), table);
  let shown: LinesView | undefined;
  let place = 0;
  let width = widest;
  const point = (to: number): void => {
    if (!shown) return;
    const longest = longestOf(shown);
    place = Math.min(Math.max(0, to), longest - 1);
    rule.style.left = `${(100 * placeOf(place, longest, width)) / width}%`;
    rule.hidden = false;
    readout.textContent = pointText(shown, place);
  };
  plot.addEventListener('keydown', (event) => {
    const step = {
      ArrowLeft: -1,
      ArrowRight: 1,
      Home: Number.NEGATIVE_INFINITY,
      End: Number.POSITIVE_INFINITY,
    }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    point(place + step);
  });
  plot.addEventListener('focus', () => point(place));
  for (const kind of ['pointermove', 'pointerdown'] as const) {
    plot.addEventListener(kind, ({ clientX }) => {
      if (!shown) return;
      const box = plot.getBoundingClientRect();
      const x = ((clientX - box.left) / box.width) * width - margin.left;
      point(Math.round((x / (width - margin.left - margin.right)) * (longestOf(shown) - 1)));
    });
  }
  const fillTable = (): void => {
    if (shown && details.open) table.replaceChildren(tableOf(shown));
  };
  details.addEventListener('toggle', fillTable);
  const draw = (): void => {
    if (!shown) return;
    width = Math.min(widest, plot.clientWidth || widest);
    plot.replaceChildren(drawing(shown, width), rule);
    if (!rule.hidden) point(place);
  };
  new ResizeObserver(draw).observe(plot);
  return {
    element: element('figure', { className: 'lines' }, caption, plot, readout, key, details),
    show: (view) => {
      shown = view;
      caption.textContent = view.title;
      const ends = view.lines.map(
        ({ label, values }) => `${label}: from ${digits(values[0] ?? 0)} to ${digits(values.at(-1) ?? 0)}`,
      );
      plot.ariaLabel = `${view.title}, ${view.axes[1]} over ${view.axes[0]}. ${ends.join('; ')}. Arrow keys read it.`;
      table.ariaLabel = view.title;
      draw();
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
      if (rule.hidden) readout.textContent = 'Point at a place, or move with the arrow keys.';
    },
  };
};
