import type { Config } from 'vega-lite';

/** Q, K and V have one colour, one dash and one shape each, in every figure (Okabe and Ito's palette). */
const matrices = ['Q', 'K', 'V'];
const colours = { domain: matrices, range: ['var(--series-1)', 'var(--series-2)', 'var(--series-3)'] };
const dashes = {
  domain: matrices,
  range: [
    [1, 0],
    [6, 3],
    [2, 2],
  ],
};
const shapes = { domain: matrices, range: ['circle', 'square', 'triangle-up'] };
const matrix = { field: 'matrix', type: 'nominal', title: null } as const;

/** Lines of Q, K and V, named beside their ends. */
export const matrixLines = {
  color: { ...matrix, scale: colours, legend: null },
  strokeDash: { ...matrix, scale: dashes, legend: null },
} as const;

/** The same where lines run too close for names beside them. */
export const matrixLinesWithLegend = {
  color: { ...matrix, scale: colours, legend: { symbolType: 'stroke' } },
  strokeDash: { ...matrix, scale: dashes, legend: { symbolType: 'stroke' } },
} as const;

/** Names beside the ends of lines of Q, K and V. */
export const matrixColour = { field: 'name', type: 'nominal', scale: colours, legend: null } as const;

/** Points of Q, K and V. */
export const matrixPoints = {
  color: { ...matrix, scale: colours },
  shape: { ...matrix, scale: shapes },
} as const;

/** Beside each other in that order, by the channel that offsets them. */
export const matrixOffset = { field: 'matrix', type: 'nominal', sort: matrices } as const;

export const nullColour = 'var(--fig-null)';

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
