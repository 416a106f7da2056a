import type { DrawnFigure } from '../../figures/draw-figure.ts';
import { ownOf } from '../../results/own-of.ts';
import type { PaperData } from '../../results/paper-data.ts';

/** Tables that a figure is drawn from, `<table>.mean` among the names of its datasets: titles have TeX between dollar signs. */
export const figureTables = (
  { tables }: Pick<PaperData, 'tables'>,
  { datasets }: Pick<DrawnFigure, 'datasets'>,
): readonly { readonly id: string; readonly title: string }[] =>
  [...new Set(datasets.map((name) => name.split('.')[0]!))].flatMap((id) => {
    const table = ownOf(tables, id);
    return table ? [{ id, title: table.presentation.title }] : [];
  });
