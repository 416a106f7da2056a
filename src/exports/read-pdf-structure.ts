import { bare } from './carried-value.ts';
import type { ExportDocument, FigureBlock } from './export-document.ts';
import { outlineTitles } from './outline-titles.ts';

interface Node {
  readonly type?: string;
  readonly role?: string;
  readonly alt?: string;
  readonly children?: readonly Node[];
}

interface Outline {
  readonly title: string;
  readonly items: readonly Outline[];
}

const titlesIn = (items: readonly Outline[]): readonly string[] =>
  items.flatMap(({ title, items: inner }) => [title, ...titlesIn(inner)]);

const alternativesIn = (node: Node): readonly (readonly [string, string])[] => [
  ...(node.alt === undefined ? [] : [[node.role ?? '', bare(node.alt)] as const]),
  ...(node.children ?? []).flatMap(alternativesIn),
];

/** What voices and readers of a PDF go by: titles of its outline, and by role, bare, what is said of what is drawn. */
const structureOf = async (pdf: Uint8Array) => {
  const { getDocumentProxy } = await import('unpdf');
  const document = await getDocumentProxy(new Uint8Array(pdf));
  const titles = titlesIn(((await document.getOutline()) ?? []) as readonly Outline[]);
  const alternatives = new Map<string, Set<string>>();
  for (let at = 1; at <= document.numPages; at++) {
    const tree: Node | null = await (await document.getPage(at)).getStructTree();
    for (const [role, alt] of tree ? alternativesIn(tree) : [])
      alternatives.set(role, (alternatives.get(role) ?? new Set()).add(alt));
  }
  await document.destroy();
  return { titles, alternatives };
};

/** Reads back what a PDF says of itself: a title for each heading, an alternative for each figure, TeX of each formula. */
export const requireStructureInPdf = async (
  file: string,
  document: ExportDocument,
  figures: readonly Pick<FigureBlock, 'alt'>[],
  formulas: readonly string[],
  pdf: Uint8Array,
): Promise<void> => {
  const { titles, alternatives } = await structureOf(pdf);
  let from = 0;
  for (const title of outlineTitles(document)) {
    const at = titles.indexOf(title, from);
    if (at < 0)
      throw new Error(`internal: the outline of ${file} has no '${title}' behind '${titles[from - 1]}'`);
    from = at + 1;
  }
  const required = [
    ...figures.flatMap(({ alt }) => (alt === '' ? [] : [['Figure', alt] as const])),
    ...formulas.map((tex) => ['Formula', tex] as const),
  ];
  for (const [role, alt] of required)
    if (!alternatives.get(role)?.has(bare(alt)))
      throw new Error(`internal: no ${role} of ${file} is said to be '${alt}'`);
};
