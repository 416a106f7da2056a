import { axisColour, nullColour, seriesColour, seriesShape } from '../theme.ts';
import { type Axis, channel, channelOf, type ValueAxis } from './axis.ts';
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
  interval = false,
  chance,
  reference,
  height = 220,
}: PointsOptions): Specification => {
  const columns = Object.keys(series);
  const styles = Object.values(series).map(({ style }) => style);
  const names = Object.fromEntries(Object.entries(series).map(([column, { label }]) => [column, label]));
  const ends = (name: string, low: string, high: string) =>
    [low, high].map((end, at) => ({
      calculate: `datum[datum.series + ${JSON.stringify(end)}]`,
      as: `${name} ${at === 0 ? 'from' : 'to'}`,
    }));
  const across = {
    x: { ...channel(x), axis: { labelAngle: 0, grid: false, ...x.axis } },
    xOffset: { field: 'series', type: 'nominal', sort: columns },
  };
  const between = (name: string) => ({
    ...across,
    y: channelOf(`${name} from`, y),
    y2: { field: `${name} to` },
  });
  const named = (range: readonly unknown[]) => ({
    field: 'series',
    type: 'nominal',
    title: null,
    scale: { domain: columns, range },
    legend: { labelExpr: `${JSON.stringify(names)}[datum.value]` },
  });
  return {
    data: { name: data },
    height,
    transform: [
      ...transform,
      { fold: columns, as: ['series', 'figure'] },
      ...(interval ? ends('interval', '-low', '-high') : []),
      ...(chance ? ends('chance', ...chance) : []),
    ],
    layer: [
      ...(chance ? [{ mark: { type: 'rect', color: nullColour }, encoding: between('chance') }] : []),
      ...(interval
        ? [
            {
              mark: { type: 'rule', strokeWidth: 2 },
              encoding: { ...between('interval'), color: named(styles.map(seriesColour)) },
            },
          ]
        : []),
      {
        mark: { type: 'point', filled: true, opacity: 1, size: 75 },
        encoding: {
          ...across,
          y: channelOf('figure', y),
          color: named(styles.map(seriesColour)),
          shape: named(styles.map(seriesShape)),
        },
      },
      ...(reference === undefined
        ? []
        : [
            {
              mark: { type: 'rule', strokeDash: [4, 3], color: axisColour },
              encoding: { y: { datum: reference, type: 'quantitative' } },
            },
          ]),
    ],
  };
};
