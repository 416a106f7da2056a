import type { Heading, Root } from 'mdast';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { nearestHint } from '../../engine/stage/index.ts';
import type { PaperData } from '../../results/paper-data.ts';
import { reportFault, reporting } from './faults.ts';
import { takeGivenId } from './given-heading-ids.ts';
import { attributeOf, authorError, isJsx, type JsxNode, setAttribute, textOf } from './jsx-node.ts';
import { createSectionNumbers, isUnnumbered } from './section-numbers.ts';

/** Components that are numbered: the prefix of their labels, the attribute that names them, their word. */
const numbered: Readonly<Record<string, { prefix: string; attribute: string; word: string }>> = {
  ResultTable: { prefix: 'tab', attribute: 'of', word: 'Table' },
  Figure: { prefix: 'fig', attribute: 'of', word: 'Figure' },
  Equation: { prefix: 'eq', attribute: 'id', word: 'Equation' },
};

/** Letters and digits of any script, with hyphens for all else. */
const slugOf = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '') || 'section';

/** What a reference leads to. */
interface Place {
  /** `sec:method` */
  readonly label: string;
  /** What a reference prints. */
  readonly text: string;
  readonly href: string;
  readonly line: number;
  readonly isGiven: boolean;
}

interface Section {
  readonly heading: Heading;
  readonly title: string;
  readonly given: string | undefined;
  readonly number: string | undefined;
}

const lineOf = (node: Node): number => node.position?.start.line ?? 0;

const sectionsIn = (tree: Root): readonly Section[] => {
  const numberOf = createSectionNumbers();
  const sections: Section[] = [];
  visit(tree, 'heading', (heading) => {
    const given = takeGivenId(heading);
    const title = textOf(heading).trim();
    if (heading.depth === 2 || heading.depth === 3) {
      const number = numberOf(heading.depth, title);
      if (given !== undefined || !isUnnumbered(title)) sections.push({ heading, title, given, number });
    } else if (given !== undefined) sections.push({ heading, title, given, number: undefined });
  });
  return sections;
};

const duplicate = (label: string, file: VFile, node: Node) =>
  authorError(
    'DuplicateId',
    `'${label}' is defined twice.`,
    file,
    node,
    'give one of the two another title or id.',
  );

/** Of equal titles each section has an anchor of its own, the first one that of the title. */
const placeSections = (sections: readonly Section[], file: VFile): readonly Place[] => {
  const taken = new Set<string>();
  for (const { given, heading } of sections) {
    if (given === undefined) continue;
    if (taken.has(`sec-${given}`)) reportFault(file, duplicate(`sec:${given}`, file, heading));
    taken.add(`sec-${given}`);
  }
  return sections.map(({ heading, title, given, number }) => {
    const name = given ?? slugOf(title);
    let anchor = `sec-${name}`;
    for (let count = 2; given === undefined && taken.has(anchor); count += 1) anchor = `sec-${name}-${count}`;
    taken.add(anchor);
    heading.data = {
      ...heading.data,
      hProperties: { id: anchor, ...(number === undefined ? {} : { 'data-number': number }) },
    };
    return {
      label: `sec:${name}`,
      text: number === undefined ? title : `Section ${number}`,
      href: `#${anchor}`,
      line: lineOf(heading),
      isGiven: given !== undefined,
    };
  });
};

const placeComponents = (tree: Root, file: VFile): readonly Place[] => {
  const counts = new Map<string, number>();
  const places: Place[] = [];
  visit(tree, (node: Node) => {
    const kind = isJsx(node) ? numbered[node.name ?? ''] : undefined;
    if (!isJsx(node) || !kind) return;
    const number = (counts.get(kind.prefix) ?? 0) + 1;
    counts.set(kind.prefix, number);
    const id = attributeOf(node, kind.attribute) ?? '';
    const label = `${kind.prefix}:${id}`;
    if (places.some((place) => place.label === label)) reportFault(file, duplicate(label, file, node));
    places.push({
      label,
      text: `${kind.word} ${number}`,
      href: `#${kind.prefix}-${id}`,
      line: lineOf(node),
      isGiven: true,
    });
    setAttribute(node, 'number', String(number));
  });
  return places;
};

/** Every table has a page of its own, where one that this page does not hold is found. */
const placeTables = ({ tables }: PaperData, here: readonly Place[]): readonly Place[] =>
  Object.values(tables)
    .map(({ id, presentation: { title } }) => ({
      label: `tab:${id}`,
      text: title,
      href: `tables/${id}/`,
      line: 0,
      isGiven: true,
    }))
    .filter(({ label }) => !here.some((place) => place.label === label));

const lead = (node: JsxNode, places: readonly Place[], file: VFile): void => {
  const to = attributeOf(node, 'to') ?? '';
  // An id that an author gave is meant before a title that reads alike.
  const named = places.filter(({ label }) => label === to);
  const [place] = [...named.filter(({ isGiven }) => isGiven), ...named];
  if (named.length > 1 && !place?.isGiven) {
    reportFault(
      file,
      authorError(
        'AmbiguousReference',
        `'${to}' is the name of ${named.length} sections, in lines ${named.map(({ line }) => line).join(' and ')}.`,
        file,
        node,
        `give the one that is meant an id of its own: \`## Title {#${to.replace('sec:', '')}-here}\`, and refer to that.`,
      ),
    );
    return;
  }
  if (!place) {
    reportFault(
      file,
      authorError(
        'UnknownReference',
        `there is nothing named '${to}' to refer to.`,
        file,
        node,
        places.length === 0
          ? 'the page has no numbered section, table, figure or equation.'
          : nearestHint(
              to,
              places.map(({ label }) => label),
            ),
      ),
    );
    return;
  }
  setAttribute(node, 'href', place.href);
  setAttribute(node, 'text', place.text);
};

/**
 * Numbers sections, tables, figures and equations in the order of the page, and turns `<Ref to="tab:id" />` into
 * a link that carries the number. A table that the page does not hold has a page of its own, and is linked by its title.
 * Sections are named by their titles, or by the id in `## Title {#id}`.
 *
 * Faults: UnknownReference, AmbiguousReference, DuplicateId
 */
export const numberLabels = (dataOf: (file: VFile) => PaperData) => () => (tree: Root, file: VFile) => {
  const data = reporting(file, () => dataOf(file));
  const here = [...placeSections(sectionsIn(tree), file), ...placeComponents(tree, file)];
  const places = data ? [...here, ...placeTables(data, here)] : here;
  visit(tree, (node: Node) => {
    if (isJsx(node) && node.name === 'Ref') lead(node, places, file);
  });
};
