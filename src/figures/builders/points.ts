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
  const labels = Object.values(series).map(({ label }) => label);
  const styles = Object.values(series).map(({ style }) => style);
  const offset = (label: string) => ({ datum: label, type: 'nominal', scale: { domain: labels } });
  return {
    data: { name: data },
    height,
    ...(transform.length > 0 ? { transform: [...transform] } : {}),
    encoding: { x: { ...channel(x), axis: { labelAngle: 0, grid: false, ...x.axis } } },
    layer: [
      ...(chance
        ? Object.entries(series).map(([field, { label }]) => ({
            mark: { type: 'rect', color: nullColour },
            encoding: {
              xOffset: offset(label),
              y: channelOf(`${field}${chance[0]}`, y),
              y2: { field: `${field}${chance[1]}` },
            },
          }))
        : []),
      ...(interval
        ? Object.entries(series).map(([field, { label, style }]) => ({
            mark: { type: 'rule', color: seriesColour(style), strokeWidth: 2 },
            encoding: {
              xOffset: offset(label),
              y: channelOf(`${field}-low`, y),
              y2: { field: `${field}-high` },
            },
          }))
        : []),
      ...Object.entries(series).map(([field, { label }]) => ({
        mark: { type: 'point', filled: true, opacity: 1, size: 75 },
        encoding: {
          xOffset: offset(label),
          y: channelOf(field, y),
          color: { datum: label, type: 'nominal', title: null, scale: { domain: labels, range: styles.map(seriesColour) } },
          shape: { datum: label, type: 'nominal', title: null, scale: { domain: labels, range: styles.map(seriesShape) } },
        },
      })),
      ...(reference === undefined
        ? []
        : [
            {
              mark: { type: 'rule', strokeDash: [4, 3], color: axisColour },
              encoding: { x: null, y: { datum: reference, type: 'quantitative' } },
            },
          ]),
    ],
  };
};
