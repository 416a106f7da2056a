import { digits } from '../digits.ts';
import { element } from '../element.ts';
import type { Drawn } from './drawn.ts';
import { colourLimit, type MapView, mapPixels } from './map-colours.ts';
import { mapTable, placeText } from './map-text.ts';

/** Arrows go by one entry, pages by sixteen, Home and End to a row's ends. */
const moves: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-16, 0],
  PageDown: [16, 0],
  Home: [0, Number.NEGATIVE_INFINITY],
  End: [0, Number.POSITIVE_INFINITY],
};

const within = (at: number, length: number): number => Math.min(Math.max(0, at), length - 1);

const labelsOf = (className: string, labels: readonly string[] = []): HTMLElement => {
  const box = element('div', { className }, ...labels.map((label) => element('span', {}, label)));
  box.ariaHidden = 'true';
  return box;
};

const legendOf = (view: MapView, limit: number): readonly (Node | string)[] => {
  const ramp = element('span', { className: `ramp ${view.scale}` });
  return view.scale === 'share'
    ? ['0 ', ramp, ' 1']
    : [`−${digits(limit)} or below `, ramp, ` ${digits(limit)} or above; 0 in the middle`];
};

/** A matrix as an image, one colour an entry; what an entry is shows under the pointer, and under the arrow keys. */
export const createMap = (): Drawn<MapView> => {
  const canvas = element('canvas');
  const cursor = element('div', { className: 'cursor', hidden: true });
  const area = element('div', { className: 'map-area', tabIndex: 0, role: 'application' }, canvas, cursor);
  area.ariaRoleDescription = 'heatmap';
  const frame = element('div', { className: 'map-frame' });
  const caption = element('figcaption');
  const readout = element('output', { className: 'readout' });
  const legend = element('p', { className: 'legend' });
  const table = element('div', { className: 'scroll', tabIndex: 0, role: 'region' });
  const details = element('details', {}, element('summary', {}, 'As a table'), table);
  const figure = element(
    'figure',
    { className: 'map' },
    caption,
    element('div', { className: 'map-scroll' }, frame),
    readout,
    legend,
    details,
  );
  let shown: MapView | undefined;
  let [row, column] = [0, 0];

  const paint = (): void => {
    if (!shown) return;
    const limit = colourLimit(shown);
    canvas.width = shown.cols;
    canvas.height = shown.rows;
    canvas.getContext('2d')?.putImageData(mapPixels(shown, limit, area), 0, 0);
    legend.replaceChildren(...legendOf(shown, limit));
  };
  const point = (toRow: number, toColumn: number): void => {
    if (!shown) return;
    [row, column] = [within(toRow, shown.rows), within(toColumn, shown.cols)];
    const [height, width] = [100 / shown.rows, 100 / shown.cols];
    Object.assign(cursor.style, {
      top: `${row * height}%`,
      left: `${column * width}%`,
      height: `${height}%`,
      width: `${width}%`,
    });
    cursor.hidden = false;
    readout.textContent = placeText(shown, row, column);
  };
  area.addEventListener('keydown', (event) => {
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    point(row + move[0], column + move[1]);
    cursor.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
  area.addEventListener('focus', () => point(row, column));
  for (const kind of ['pointermove', 'pointerdown'] as const) {
    area.addEventListener(kind, ({ clientX, clientY }) => {
      if (!shown) return;
      const { left, top, width, height } = area.getBoundingClientRect();
      point(
        Math.floor(((clientY - top) / height) * shown.rows),
        Math.floor(((clientX - left) / width) * shown.cols),
      );
    });
  }
  const fillTable = (): void => {
    if (shown && details.open) table.replaceChildren(mapTable(shown));
  };
  details.addEventListener('toggle', fillTable);
  for (const query of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)']) {
    matchMedia(query).addEventListener('change', paint);
  }

  return {
    element: figure,
    show: (view) => {
      shown = view;
      const { title, rows, cols, labels, axes } = view;
      caption.textContent = title;
      area.ariaLabel = `${title}: ${rows} rows (${axes[0]}) by ${cols} columns (${axes[1]}). Arrow keys read its entries.`;
      table.ariaLabel = title;
      frame.classList.toggle('is-labelled', labels !== undefined);
      frame.style.setProperty('--rows', String(rows));
      frame.style.setProperty('--cols', String(cols));
      frame.replaceChildren(labelsOf('columns', labels?.[1]), labelsOf('rows', labels?.[0]), area);
      paint();
      fillTable();
      // The answer before this one had other entries.
      if (cursor.hidden) readout.textContent = 'Point at an entry, or move with the arrow keys.';
      else point(row, column);
    },
  };
};
