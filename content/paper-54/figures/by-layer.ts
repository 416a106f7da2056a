/** Lines over layers, each the mean of runs that are dots, with what the original prints: the form of several figures. */
import {
  nullBand,
  reportedMark,
  type SeriesStyle,
  seriesColour,
  seriesDash,
  singleMark,
} from 'reproducible-paper/figures';

const x = { field: 'layer', type: 'ordinal', title: 'layer', axis: { labelAngle: 0 } };

interface ByLayer {
  readonly table: string;
  readonly y: { readonly title: string; readonly scale: object; readonly axis: object };
  /** A line a column. */
  readonly series: Readonly<
    Record<
      string,
      {
        readonly label: string;
        readonly style: SeriesStyle;
        /** Whether the original prints some layers of it: open diamonds. */
        readonly isReported: boolean;
      }
    >
  >;
  /** The grey band: what chance gives, from one column to another. */
  readonly chance: readonly [low: string, high: string];
  readonly height: number;
}

export const byLayer = ({
  table,
  y: { title, scale, axis },
  series,
  chance: [low, high],
  height,
}: ByLayer) => {
  const y = { type: 'quantitative', title, scale, axis };
  return {
    data: { name: `${table}.mean` },
    height,
    layer: [
      {
        mark: { type: 'area', ...nullBand },
        encoding: { x, y: { ...y, field: low }, y2: { field: high } },
      },
      ...Object.entries(series).map(([field, { style }]) => {
        const color = seriesColour(style);
        return {
          mark: { type: 'line', color, strokeDash: [...seriesDash(style)] },
          encoding: { x, y: { ...y, field } },
        };
      }),
      ...Object.entries(series).map(([field, { style }]) => ({
        data: { name: table },
        mark: singleMark(style),
        encoding: { x, y: { ...y, field } },
      })),
      // On top: a dot would fill a diamond that it hides.
      ...Object.entries(series)
        .filter(([, { isReported }]) => isReported)
        .map(([field, { style }]) => ({
          data: { name: `${table}.reported` },
          mark: reportedMark(seriesColour(style)),
          encoding: { x, y: { ...y, field } },
        })),
    ],
    usermeta: {
      directLabels: {
        strokes: Object.fromEntries(
          Object.values(series).map(({ label, style }) => [seriesColour(style), label]),
        ),
      },
    },
  };
};
