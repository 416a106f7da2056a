import type { Heading, Root } from 'mdast';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { reportFault } from './faults.ts';
import { takeGivenId } from './given-heading-ids.ts';
import { attributeOf, authorError, isJsx, setAttribute, textOf } from './jsx-node.ts';
import { createSectionNumbers, isUnnumbered } from './section-numbers.ts';

/** Components that are numbered: the prefix of their labels and anchors, the attribute that names them, their word. */
export const numbered: Readonly<Record<string, { prefix: string; attribute: string; word: string }>> = {
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

/** Prefix of labels -> how many components of the kind stand before. */
export type PlaceCounts = Readonly<Record<string, number>>;

/** What a reference leads to. */
export interface Place {
  /** `sec:method` */
  readonly label: string;
  /** What a reference prints: of a component the number within its page. */
  readonly text: (before: PlaceCounts) => string;
  /** Whether the text needs the name of the page beside it. */
  readonly isOfPage: boolean;
  /** The anchor, with its sign. */
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
      text: () => (number === undefined ? title : `Section ${number}`),
      isOfPage: number !== undefined,
      href: `#${anchor}`,
      line: lineOf(heading),
      isGiven: given !== undefined,
    };
  });
};

/** @param before of its kind on the pages before this one */
const placeComponents = (tree: Root, file: VFile, before: PlaceCounts): readonly Place[] => {
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
      text: (counted) => `${kind.word} ${(counted[kind.prefix] ?? 0) + number}`,
      isOfPage: false,
      href: `#${kind.prefix}-${id}`,
      line: lineOf(node),
      isGiven: true,
    });
    setAttribute(node, 'number', String((before[kind.prefix] ?? 0) + number));
  });
  return places;
};

/**
 * All that references may lead to on a page: sections with their own numbers, each given its anchor, and components, each
 * given its number, which goes on from the pages before. Faults: DuplicateId
 */
export const placesIn = (tree: Root, file: VFile, before: PlaceCounts): readonly Place[] => [
  ...placeSections(sectionsIn(tree), file),
  ...placeComponents(tree, file, before),
];

/** How many components of each kind a page has. */
export const countPlaces = (places: readonly Place[]): PlaceCounts =>
  Object.fromEntries(
    Object.values(numbered).map(({ prefix }) => [
      prefix,
      places.filter(({ label }) => label.startsWith(`${prefix}:`)).length,
    ]),
  );
