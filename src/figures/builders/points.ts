import { nullBand, reportedMark, type SeriesStyle, seriesColour, seriesShape, singleMark } from '../theme.ts';
import { type Axis, channel, channelOf, type ValueAxis } from './axis.ts';
import { referenceRule } from './reference-rule.ts';
import type { Series, Specification } from './series.ts';

interface PointsOptions {
  readonly data: string;
  /** What is compared, beside each other. */
  readonly x: Axis;
  readonly y: ValueAxis;
  /** A point a column. */
  readonly series: Series;
  /** Vega-Lite transforms, such as a ratio of two columns. */
  readonly transform?: readonly Specification[];
  /** The dataset with a row a replicate: single ones as faint marks behind each point. */
  readonly replicates?: string;
  /** The dataset of what an original reports: open diamonds. */
  readonly reported?: string;
  /** A rule from `<column>-low` to `<column>-high` through each point. */
  readonly interval?: boolean;
  /** Grey boxes behind each point: `<column><low>` to `<column><high>`. */
  readonly chance?: readonly [low: string, high: string];
  readonly reference?: number;
  readonly height?: number;
}

/**
 * Points of several series beside each other over what is compared, each with its interval and before what chance gives.
 *
 * @example points({ data: 'energy.mean', x: { field: 'band', title: 'band', type: 'nominal' }, y: { title: 'share' },
 *   series: { q: { label: 'Q', style: 1 } }, chance: ['-null-low', '-null-high'] })
 */
export const points = ({
  data,
  x,
  y,
  series,
  transform = [],
  replicates,
  reported,
  interval = false,
  chance,
  reference,
  height = 220,
}: PointsOptions): Specification => {
  const each = Object.entries(series);
  const labels = each.map(([, { label }]) => label);
  const across = {
    x: { ...channel(x), axis: { labelAngle: 0, grid: false, ...x.axis } },
    xOffset: { field: 'series', type: 'nominal', sort: labels },
  };
  const between = (column: string, low: string, high: string) => ({
    y: channelOf(`${column}${low}`, y),
    y2: { field: `${column}${high}` },
  });
  const named = (styleOf: (style: SeriesStyle) => string) => ({
    field: 'series',
    type: 'nominal',
    title: null,
    scale: { domain: labels, range: each.map(([, { style }]) => styleOf(style)) },
  });
  /** Layers of one series each, which know its name. */
  const layers = (of: (column: string, style: SeriesStyle) => Specification) =>
    each.map(([column, { label, style }]) => ({
      transform: [{ calculate: JSON.stringify(label), as: 'series' }],
      ...of(column, style),
    }));
  /** Of another dataset, which has no intervals: what makes the points alone is made of it. */
  const ofPoints = transform.filter(({ as }) => typeof as !== 'string' || Object.hasOwn(series, as));
  const layersFrom = (name: string | undefined, markOf: (style: SeriesStyle) => Specification) =>
    name === undefined
      ? []
      : each.map(([column, { label, style }]) => ({
          data: { name },
          transform: [...ofPoints, { calculate: JSON.stringify(label), as: 'series' }],
          mark: markOf(style),
          encoding: { ...across, y: channelOf(column, y) },
        }));
  return {
    data: { name: data },
    height,
    ...(transform.length === 0 ? {} : { transform }),
    layer: [
      ...(chance
        ? layers((column) => ({
            mark: { type: 'rect', ...nullBand },
            encoding: { ...across, ...between(column, ...chance) },
          }))
        : []),
      ...(interval
        ? layers((column, style) => ({
            mark: { type: 'rule', strokeWidth: 2, color: seriesColour(style) },
            encoding: { ...across, ...between(column, '-low', '-high') },
          }))
        : []),
      ...layersFrom(replicates, singleMark),
      ...layers((column) => ({
        mark: { type: 'point', filled: true, opacity: 1, size: 75 },
        encoding: {
          ...across,
          y: channelOf(column, y),
          color: named(seriesColour),
          shape: named(seriesShape),
        },
      })),
      ...layersFrom(reported, (style) => reportedMark(seriesColour(style))),
      ...referenceRule(reference),
    ],
  };
};
