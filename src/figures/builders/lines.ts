import { axisColour, nullBand, nullColour, seriesColour, seriesDash, singleMark } from '../theme.ts';
import { type Axis, channel, channelOf, type ValueAxis } from './axis.ts';
import { referenceRule } from './reference-rule.ts';
import type { Series, Specification } from './series.ts';

interface LinesOptions {
  /** The dataset, mostly `<table>.mean`. */
  readonly data: string;
  readonly x: Axis;
  readonly y: ValueAxis;
  /** A line a column. */
  readonly series: Series;
  /** The dataset with a row a replicate: single ones as faint dots, in the place of dots at the means. */
  readonly replicates?: string;
  /** Whether each line stands in the interval of its mean over replicates: `<column>-low` to `<column>-high`. */
  readonly interval?: boolean;
  /** Grey bands: what chance gives, from one column to another. */
  readonly chance?: readonly (readonly [low: string, high: string])[];
  /** Thick grey lines: what the lines are held against. */
  readonly against?: readonly string[];
  /** A dashed rule across. */
  readonly reference?: number;
  readonly height?: number;
}

/**
 * Lines over x, each in the band of its interval, named at their ends.
 *
 * @example lines({ data: 'norms.mean', x: { field: 'layer', title: 'layer', type: 'ordinal' }, y: { title: 'norm' },
 *   series: { 'q-norm': { label: 'Q', style: 1 } }, interval: true })
 */
export const lines = ({
  data,
  x,
  y,
  series,
  replicates,
  interval = false,
  chance = [],
  against = [],
  reference,
  height = 240,
}: LinesOptions): Specification => ({
  data: { name: data },
  height,
  layer: [
    ...chance.map(([low, high]) => ({
      mark: { type: 'area', ...nullBand },
      encoding: { x: channel(x), y: channelOf(low, y), y2: { field: high } },
    })),
    ...against.flatMap((field) =>
      [
        { color: nullColour, strokeWidth: 5, opacity: 0.6 },
        { color: axisColour, strokeWidth: 1 },
      ].map((stroke) => ({
        mark: { type: 'line', ...stroke },
        encoding: { x: channel(x), y: channelOf(field, y) },
      })),
    ),
    ...referenceRule(reference),
    ...(interval
      ? Object.entries(series).map(([field, { style }]) => ({
          mark: { type: 'area', color: seriesColour(style), opacity: 0.18 },
          encoding: { x: channel(x), y: channelOf(`${field}-low`, y), y2: { field: `${field}-high` } },
        }))
      : []),
    ...Object.entries(series).map(([field, { style }]) => ({
      mark: {
        type: 'line',
        color: seriesColour(style),
        strokeDash: [...seriesDash(style)],
        ...(replicates === undefined
          ? { point: { filled: true, size: 40, color: seriesColour(style) } }
          : {}),
      },
      encoding: { x: channel(x), y: channelOf(field, y) },
    })),
    ...(replicates === undefined
      ? []
      : Object.entries(series).map(([field, { style }]) => ({
          data: { name: replicates },
          mark: singleMark(style),
          encoding: { x: channel(x), y: channelOf(field, y) },
        }))),
  ],
  usermeta: {
    directLabels: {
      strokes: Object.fromEntries(
        Object.values(series).map(({ label, style }) => [seriesColour(style), label]),
      ),
    },
  },
});
