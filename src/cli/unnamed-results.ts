import { PaperError } from '../engine/stage/index.ts';
import type { PaperData } from '../results/paper-data.ts';
import type { NamedPlace } from '../site/markdown/named-places.ts';
import type { Paper } from './load-paper.ts';

/** Component -> what it shows. */
const shownBy = { ResultTable: 'table', Value: 'value', Figure: 'figure', Claim: 'claim' } as const;

/**
 * What was made and no page shows. A table is shown by its values too; it, or a value, by a figure that draws it, and by
 * a claim that reads it. Warnings: UnusedTable, UnusedValue, UnusedFigure, UnusedClaim
 */
export const unnamedResults = (
  { id: paper, figures, claims, placeOfKey, placeOfClaim }: Paper,
  data: PaperData,
  places: readonly NamedPlace[],
): readonly PaperError[] => {
  const page = `content/${paper}/index.mdx`;
  const drawn = JSON.stringify(figures.map(({ spec }) => spec));
  const isUsed = (id: string): boolean =>
    places.some(
      ({ component, id: named }) =>
        (component === 'Value' && named.split('.')[0] === id) ||
        (component === 'Ref' && named === `tab:${id}`),
    ) ||
    drawn.includes(`"name":"${id}"`) ||
    drawn.includes(`"name":"${id}.`) ||
    Object.values(data.claims).some(({ reads }) => reads.includes(id));
  const made = {
    ResultTable: Object.keys(data.tables).filter((id) => !isUsed(id)),
    // All others are of a table, or of one seed.
    Value: Object.keys(data.values).filter((id) => !id.includes('.') && !isUsed(id)),
    Figure: figures.map(({ id }) => id),
    Claim: Object.keys(claims),
  };
  const placeOf = {
    ResultTable: (id: string) => placeOfKey(['tables', id]),
    Value: (id: string) => placeOfKey(['values', id]),
    Figure: (id: string) => ({ file: figures.find((figure) => figure.id === id)?.file ?? page }),
    Claim: (id: string) => placeOfClaim(id),
  };
  return (Object.keys(shownBy) as (keyof typeof shownBy)[]).flatMap((component) => {
    const named = new Set(places.filter((place) => place.component === component).map(({ id }) => id));
    const kind = shownBy[component];
    const attribute = component === 'Claim' ? 'id' : 'of';
    return made[component]
      .filter((id) => !named.has(id))
      .map(
        (id) =>
          new PaperError(
            `Unused${kind[0]?.toUpperCase()}${kind.slice(1)}`,
            `no page shows the ${kind} '${id}'.`,
            {
              where: placeOf[component](id),
              hint: `write <${component} ${attribute}="${id}"> into ${page} or a further page, or remove what makes it.`,
            },
          ),
      );
  });
};
