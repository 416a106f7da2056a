import type { Config } from 'vega-lite';

/** Numbers of the styles that a series may have: a colour with a dash and a shape each (Okabe and Ito's palette). */
export type SeriesStyle = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** Colours are variables, so that one drawing follows light, dark and print. */
export const seriesColour = (style: SeriesStyle): string => `var(--series-${style})`;

const dashes: Readonly<Record<SeriesStyle, readonly [number, number]>> = {
  1: [1, 0],
  2: [6, 3],
  3: [2, 2],
  4: [8, 2],
  5: [4, 4],
  6: [1, 3],
  7: [10, 4],
  8: [3, 1],
};
/** A line's dash: colour never carries meaning alone. */
export const seriesDash = (style: SeriesStyle): readonly [number, number] => dashes[style];

const shapes: Readonly<Record<SeriesStyle, string>> = {
  1: 'circle',
  2: 'square',
  3: 'triangle-up',
  4: 'diamond',
  5: 'cross',
  6: 'triangle-down',
  7: 'triangle-right',
  8: 'triangle-left',
};
export const seriesShape = (style: SeriesStyle): string => shapes[style];

/** One replicate, beside a stronger mark for the mean of all. */
export const singleMark = (style: SeriesStyle) =>
  ({
    type: 'point',
    shape: seriesShape(style),
    filled: true,
    size: 22,
    opacity: 0.55,
    color: seriesColour(style),
  }) as const;

/** What an original reports. */
export const reportedMark = (colour: string) =>
  ({
    type: 'point',
    shape: 'diamond',
    filled: false,
    size: 80,
    color: colour,
    strokeWidth: 1.6,
    opacity: 1,
  }) as const;

/** What chance gives. */
export const nullColour = 'var(--fig-null)';
export const axisColour = 'var(--fig-axis)';
/** Marks of what chance gives, areas and boxes: pale, so that marks on them are seen, with an edge that is seen itself. */
export const nullBand = {
  color: nullColour,
  fillOpacity: 0.3,
  stroke: nullColour,
  strokeWidth: 1.25,
} as const;
/** Text. */
export const ink = 'var(--fig-ink)';

const titled = { labelColor: ink, titleColor: ink, labelFontSize: 12, titleFontWeight: 400 } as const;

export const figureTheme: Config = {
  background: 'transparent',
  font: 'Source Sans 3 Variable',
  view: { stroke: null },
  axis: {
    ...titled,
    titleFontSize: 13,
    domainColor: axisColour,
    tickColor: axisColour,
    gridColor: 'var(--fig-grid)',
    // Labels that would touch are left out by turns: on a phone more of them.
    labelSeparation: 6,
    grid: true,
  },
  header: { ...titled, titleFontSize: 13 },
  title: { color: ink, fontSize: 12, fontWeight: 600, anchor: 'start' },
  legend: { ...titled, titleFontSize: 12, orient: 'top', symbolStrokeWidth: 2 },
  text: { color: ink, fontSize: 12 },
  rule: { color: axisColour },
  line: { strokeWidth: 1.8 },
  range: {
    category: Array.from({ length: 8 }, (_, at) => seriesColour((at + 1) as SeriesStyle)),
    ramp: ['var(--ramp-0)', 'var(--ramp-1)'],
  },
};

/** Widths of a figure's plotting area in pixels: in the reading column, and on a phone. */
export const plotWidths = { column: 540, phone: 246 } as const;

/** Pixels that a whole figure has, names at lines and axes included: the column, and a phone of 360 less its margins. */
export const figureWidths = { column: 640, phone: 320 } as const;
