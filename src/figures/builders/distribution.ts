import { axisColour, nullColour, type SeriesStyle, seriesColour } from '../theme.ts';
import type { Specification } from './series.ts';

interface DistributionOptions {
  /** The dataset with a row a draw. */
  readonly data: string;
  readonly field: string;
  readonly title: string;
  /** What stands among the draws: its dataset, of one row, and column. */
  readonly mark?: { readonly data: string; readonly field: string; readonly style?: SeriesStyle };
  readonly bins?: number;
  readonly height?: number;
}

/**
 * How often draws fall where, and where one figure stands among them.
 *
 * @example distribution({ data: 'null-draws', field: 'rho', title: 'rho of Gaussian matrices',
 *   mark: { data: 'measured', field: 'rho' } })
 */
export const distribution = ({
  data,
  field,
  title,
  mark,
  bins = 30,
  height = 180,
}: DistributionOptions): Specification => ({
  data: { name: data },
  height,
  layer: [
    {
      mark: { type: 'bar', color: nullColour, stroke: axisColour, strokeWidth: 0.5 },
      encoding: {
        x: { field, type: 'quantitative', title, bin: { maxbins: bins } },
        y: { aggregate: 'count', type: 'quantitative', title: 'draws' },
      },
    },
    ...(mark
      ? [
          {
            data: { name: mark.data },
            mark: { type: 'rule', color: seriesColour(mark.style ?? 1), strokeWidth: 2.5 },
            encoding: { x: { field: mark.field, type: 'quantitative' } },
          },
        ]
      : []),
  ],
});
