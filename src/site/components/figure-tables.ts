import type { DrawnFigure } from '../../figures/draw-figure.ts';
import { ownOf } from '../../results/own-of.ts';
import type { PaperData, TableData } from '../../results/paper-data.ts';

/** Tables that a figure is drawn from, `<table>.mean` among the names of its datasets. */
export const figureTables = (
  { tables }: Pick<PaperData, 'tables'>,
  { datasets }: Pick<DrawnFigure, 'datasets'>,
): readonly TableData[] =>
  [...new Set(datasets.map((name) => name.split('.')[0]!))].flatMap((id) => ownOf(tables, id) ?? []);
