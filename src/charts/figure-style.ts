import type { Config } from 'vega-lite';

/** Q, K and V have one colour and one dash each, in every figure (Okabe and Ito's palette). */
export const matrixScale = {
  domain: ['Q', 'K', 'V'],
  range: ['var(--fig-q)', 'var(--fig-k)', 'var(--fig-v)'],
};
export const matrixDash = {
  domain: ['Q', 'K', 'V'],
  range: [
    [1, 0],
    [6, 3],
    [2, 2],
  ],
};

export const nullColour = 'var(--fig-null)';
export const inkColour = 'var(--fig-ink)';

/** Width of a figure's plotting area in pixels: the reading column less room for the axis. */
export const plotWidth = 560;

/** Colours are variables, so that one drawing follows light, dark and print. */
export const figureConfig: Config = {
  background: 'transparent',
  font: 'Source Sans 3 Variable',
  view: { stroke: null },
  axis: {
    labelColor: 'var(--fig-ink)',
    titleColor: 'var(--fig-ink)',
    domainColor: 'var(--fig-axis)',
    tickColor: 'var(--fig-axis)',
    gridColor: 'var(--fig-grid)',
    labelFontSize: 12,
    titleFontSize: 13,
    titleFontWeight: 400,
    grid: true,
  },
  header: {
    labelColor: 'var(--fig-ink)',
    titleColor: 'var(--fig-ink)',
    labelFontSize: 12,
    titleFontSize: 13,
    titleFontWeight: 400,
  },
  legend: {
    labelColor: 'var(--fig-ink)',
    titleColor: 'var(--fig-ink)',
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 400,
    orient: 'top',
    symbolStrokeWidth: 2,
  },
  text: { color: 'var(--fig-ink)', fontSize: 12 },
  line: { strokeWidth: 1.8 },
};
