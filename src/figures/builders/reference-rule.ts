import { axisColour } from '../theme.ts';
import type { Specification } from './series.ts';

/** A dashed rule across the plot at a constant of y; once, however many rows there are. */
export const referenceRule = (reference: number | undefined): readonly Specification[] =>
  reference === undefined
    ? []
    : [
        {
          transform: [{ aggregate: [{ op: 'count', as: 'rows' }], groupby: [] }],
          mark: { type: 'rule', strokeDash: [4, 3], color: axisColour },
          encoding: { y: { datum: reference, type: 'quantitative' } },
        },
      ];
