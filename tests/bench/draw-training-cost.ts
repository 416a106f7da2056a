import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawFigure } from '../../src/figures/draw-figure.ts';

/** Tokens a second at one size. */
export interface CostPoint {
  /** What grows: depth, width or vocabulary. */
  readonly axis: string;
  readonly value: number;
  readonly measured: number;
  /** In proportion to floating-point operations. */
  readonly expected: number;
}

const colours = join(import.meta.dirname, '..', '..', 'src', 'site', 'styles', 'figures.css');

/** A panel for each axis, points as measured and a line as expected; an SVG that brings its own colours. */
export const drawTrainingCost = async (points: readonly CostPoint[], file: string): Promise<void> => {
  const y = { type: 'quantitative', scale: { type: 'log', nice: false }, axis: { format: 's' } } as const;
  const panel = (axis: string, index: number) => ({
    width: 190,
    height: 170,
    transform: [{ filter: `datum.axis === '${axis}'` }],
    encoding: {
      x: {
        field: 'value',
        type: 'quantitative' as const,
        title: axis,
        scale: { type: 'log' as const, nice: false, padding: 12 },
        axis: {
          values: points.filter((point) => point.axis === axis).map(({ value }) => value),
          format: 'd',
        },
      },
    },
    layer: [
      {
        mark: { type: 'line' as const, color: 'var(--fig-axis)' },
        encoding: { y: { ...y, field: 'expected', title: index === 0 ? 'tokens/s' : null } },
      },
      {
        mark: { type: 'point' as const, filled: true, size: 60, opacity: 1, color: 'var(--series-1)' },
        encoding: { y: { ...y, field: 'measured', title: index === 0 ? 'tokens/s' : null } },
      },
    ],
  });
  const { drawings } = await drawFigure(
    {
      id: 'training-cost',
      file: 'tests/bench/draw-training-cost.ts',
      text: '',
      spec: {
        data: { name: 'points' },
        resolve: { scale: { y: 'shared' } },
        hconcat: [...new Set(points.map(({ axis }) => axis))].map(panel),
      },
    },
    { points: points.map((point) => ({ ...point })) },
  );
  const svg = drawings.column;
  const style = `<style>:root { color-scheme: light dark; } text { font-family: sans-serif; }\n${readFileSync(colours, 'utf8')}</style>`;
  writeFileSync(file, `${svg.replace(/(<svg[^>]*>)/, `$1${style}`)}\n`);
};
