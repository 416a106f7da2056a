import { axisColour, type SeriesStyle, seriesColour } from '../theme.ts';
import { type Axis, channel } from './axis.ts';
import type { Specification } from './series.ts';

interface BarsOptions {
  readonly data: string;
  /** What is compared, one bar below the other. */
  readonly y: Axis;
  readonly x: Axis;
  /** The column that each bar is held against: a mark across it. */
  readonly reference?: string;
  readonly style?: SeriesStyle;
  readonly height?: number;
}

/**
 * Horizontal bars, each against a reference of its own.
 *
 * @example bars({ data: 'losses', y: { field: 'method', title: null, type: 'nominal' }, x: { field: 'loss', title: 'nats' },
 *   reference: 'uniform' })
 */
export const bars = ({ data, y, x, reference, style = 1, height = 220 }: BarsOptions): Specification => ({
  data: { name: data },
  height,
  encoding: { y: channel(y) },
  layer: [
    { mark: { type: 'bar', color: seriesColour(style) }, encoding: { x: channel(x) } },
    ...(reference === undefined
      ? []
      : [
          {
            mark: { type: 'tick', color: axisColour, thickness: 3, size: 22 },
            encoding: { x: channel({ ...x, field: reference }) },
          },
        ]),
  ],
});
