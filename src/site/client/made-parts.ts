import { withoutSeed } from '../components/made-by.ts';
import { definitionText, sourceAddress } from '../definition-text.ts';
import { sourcePath } from '../source-path.ts';
import { element } from './element.ts';
import type { PanelFacts } from './panel-facts.ts';
import { publishedText } from './published-text.ts';

export interface PanelPlace {
  /** Of the paper, with a slash at its end. */
  readonly home: string;
  /** Where a file of the build's commit is read, with a slash at its end. */
  readonly repository: string | undefined;
}

/** The first of the stages are told; a file lists the others. */
const mostStages = 12;

/** The stages that a number stands on, each with the line that gives it, or else that defines it. */
export const madeParts = (
  { made, key }: Pick<PanelFacts, 'made' | 'key'>,
  { home, repository }: PanelPlace,
): readonly Node[] => {
  const groups = [...Map.groupBy(made, ({ name }) => withoutSeed(name))];
  const items = groups.slice(0, mostStages).map(([name, stages]) => {
    const { definition, files, durationMs, processor, published } = stages[0]!;
    return element(
      'li',
      {},
      element('b', {}, name),
      stages.length > 1 ? ` (${stages.length} seeds) ` : ' ',
      element('a', { href: `${home}${sourcePath(definition)}` }, definitionText(definition)),
      ...(repository === undefined
        ? []
        : [' (', element('a', { href: sourceAddress(repository, definition) }, 'in its repository'), ')']),
      ` ${files} files of code; ${(durationMs / 1000).toFixed(1)} s on ${processor}`,
      published === null ? '' : `; ${publishedText(published)}`,
    );
  });
  if (groups.length > mostStages) {
    const link = element('a', { href: `${home}source/` }, 'all stages');
    items.push(element('li', {}, `and ${groups.length - mostStages} more: `, link));
  }
  return [
    element('ol', { className: 'made' }, ...items),
    element('p', {}, 'key ', element('code', {}, key.slice(0, 16))),
  ];
};
