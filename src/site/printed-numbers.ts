import type { NamedValue } from '../results/derive-values.ts';
import { formatValue } from '../results/format-value.ts';
import type { PaperData } from '../results/paper-data.ts';
import { reportedFigures } from '../results/reported-figures.ts';
import { xmlText } from './xml-text.ts';

/** What a name in prose prints: of several replicates the headline, under its own name. */
export const shownValue = (
  { values }: PaperData,
  of: string,
): { readonly id: string; readonly named: NamedValue } => {
  const id = values[of]!.headline ?? of;
  return { id, named: values[id]! };
};

/** Printed text by turns: what stands on the line, then the exponent of the power of ten that it ends with. */
export const numberParts = (text: string): readonly string[] => text.split(/(?<=\u202f×\u202f10)\^(−?\d+)/);

/** Printed text as HTML, powers of ten with their exponents raised. */
export const raisedHtml = (text: string): string =>
  numberParts(text)
    .map((part) => xmlText(part).replaceAll("'", '&#39;'))
    .map((part, at) => (at % 2 === 1 ? `<sup>${part}</sup>` : part))
    .join('');

/**
 * What the original reports under a name, digits as printed.
 *
 * @param as `percent` for a share that prose gives in per cent, at the printed precision
 */
export const reportedText = (data: PaperData, of: string, as: string | undefined): string =>
  (reportedFigures(data)[of] ?? [])
    .map((figure) =>
      as === 'percent' && Number.isFinite(Number(figure))
        ? formatValue(Number(figure), {
            style: 'share',
            digits: Math.max(0, (figure.split('.')[1]?.length ?? 0) - 2),
          })
        : figure.replace(/^-/, '−'),
    )
    .join(' to ');
