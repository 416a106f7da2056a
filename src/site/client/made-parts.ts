import { definitionText, sourceAddress } from '../definition-text.ts';
import { element } from './element.ts';
import { publishedText } from './published-text.ts';
import type { TableJson } from './table-json.ts';

export interface PanelPlace {
  /** Of the paper, with a slash at its end. */
  readonly home: string;
  /** Where a file of the build's commit is read, with a slash at its end. */
  readonly repository: string | undefined;
}

/** Replicates of one stage are told once. */
const withoutSeed = (name: string): string => name.replace(/\.seed-\d+$/, '');

/** The first of the stages are told; a file lists the others. */
const mostStages = 12;

/** The stages that a number stands on, each with the line that defines it: a link where the repository is known. */
export const madeParts = ({ made, key }: TableJson, { home, repository }: PanelPlace): readonly Node[] => {
  const groups = [...Map.groupBy(made, ({ name }) => withoutSeed(name))];
  const items = groups.slice(0, mostStages).map(([name, stages]) => {
    const { definition, files, durationMs, processor, published } = stages[0]!;
    return element(
      'li',
      {},
      element('b', {}, name),
      stages.length > 1 ? ` (${stages.length} seeds) ` : ' ',
      repository === undefined
        ? element('code', {}, definitionText(definition))
        : element('a', { href: sourceAddress(repository, definition) }, definitionText(definition)),
      `, ${files} files of code; ${(durationMs / 1000).toFixed(1)} s on ${processor}`,
      published === null ? '' : `; ${publishedText(published)}`,
    );
  });
  if (groups.length > mostStages) {
    const link = element('a', { href: `${home}provenance.json` }, 'provenance.json');
    items.push(element('li', {}, `and ${groups.length - mostStages} more: `, link));
  }
  return [
    element('ol', { className: 'made' }, ...items),
    element('p', {}, 'key ', element('code', {}, key.slice(0, 16))),
  ];
};
