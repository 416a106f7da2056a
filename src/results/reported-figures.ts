import type { PaperData } from './paper-data.ts';
import { remembered } from './remembered.ts';
import { reportedRowKey } from './reported.ts';

/** Every figure that the original reports, as printed: `<table>.<row>.<column>` and `<statement>.<bound>`. */
export const reportedFigures = remembered(
  ({ tables, statements }: PaperData): Readonly<Record<string, readonly string[]>> => {
    const figures: Record<string, readonly string[]> = {};
    for (const table of Object.values(tables)) {
      for (const row of table.reported?.rows ?? []) {
        for (const [column, cell] of Object.entries(row)) {
          if (cell === null || typeof cell === 'boolean') continue;
          figures[`${table.id}.${reportedRowKey(table, row)}.${column}`] = [cell].flat().map(String);
        }
      }
    }
    for (const { id, low, high, about } of statements) {
      for (const [bound, text] of Object.entries({ low, high, about })) {
        if (text !== undefined) figures[`${id}.${bound}`] = [text];
      }
    }
    return figures;
  },
);
