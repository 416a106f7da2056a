import { type Axis, channel } from './axis.ts';
import type { Specification } from './series.ts';

interface HeatmapOptions {
  readonly data: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly colour: { readonly field: string; readonly title: string };
  readonly height?: number;
}

/**
 * A figure a cell, as a shade.
 *
 * @example heatmap({ data: 'heads', x: { field: 'head', title: 'head', type: 'ordinal' },
 *   y: { field: 'layer', title: 'layer', type: 'ordinal' }, colour: { field: 'rho', title: 'rho' } })
 */
export const heatmap = ({ data, x, y, colour, height = 240 }: HeatmapOptions): Specification => ({
  data: { name: data },
  height,
  mark: 'rect',
  encoding: {
    x: { ...channel(x), axis: { grid: false, labelAngle: 0, ...x.axis } },
    y: { ...channel(y), axis: { grid: false, ...y.axis } },
    color: { field: colour.field, type: 'quantitative', title: colour.title },
  },
});
