import type { NamedValue } from '../results/derive-values.ts';
import { requireSameValues } from './carried-value.ts';
import { describePdf } from './describe-pdf.ts';
import type { Block, FigureBlock, Masthead, Section } from './export-document.ts';
import { exportNames } from './export-names.ts';
import { requireLatexTargets } from './latex-targets.ts';
import { latexZip } from './latex-zip.ts';
import { outlineTitles } from './outline-titles.ts';
import type { PrintedPage } from './print-page.ts';
import { readPage } from './read-page.ts';
import { requireValuesInPdf, textOfPdf } from './read-pdf.ts';
import { requireStructureInPdf } from './read-pdf-structure.ts';
import type { ReadPlace } from './read-place.ts';
import { requireFilled } from './require-filled.ts';
import { validateJats } from './validate-jats.ts';
import { valuesInJats } from './values-in-jats.ts';
import { valuesInLatex } from './values-in-latex.ts';
import { writeJats } from './write-jats.ts';
import { writeLatex } from './write-latex.ts';

/** What the exports of a paper are made of. */
export interface ExportedPaper {
  readonly paper: string;
  /** The page as it was built. */
  readonly html: string;
  readonly masthead: Masthead;
  readonly values: Readonly<Record<string, NamedValue>>;
  /** `references.bib` as its author wrote it; null where there is none. */
  readonly references: string | null;
  readonly whereOf: ReadPlace['whereOf'];
  /** The first mark in a text that no fact of a file was put in the place of. */
  readonly leftMark: (text: string) => string | undefined;
  readonly print: (nPictures: number) => Promise<PrintedPage>;
}

const figuresOf = ({ blocks, sections }: Pick<Section, 'blocks' | 'sections'>): readonly FigureBlock[] => {
  const ofBlock = (block: Block): readonly FigureBlock[] => {
    if (block.kind === 'figure') return [block];
    if (block.kind === 'list') return block.items.flatMap(({ blocks }) => blocks.flatMap(ofBlock));
    return block.kind === 'quotation' ? block.blocks.flatMap(ofBlock) : [];
  };
  return [...blocks.flatMap(ofBlock), ...sections.flatMap(figuresOf)];
};

const pictureFiles = (
  figures: readonly FigureBlock[],
  { pictures }: PrintedPage,
): ReadonlyMap<string, Uint8Array> =>
  new Map(
    figures.map(({ picture: { at, name } }) => {
      const pdf = pictures[at];
      if (!pdf) throw new Error(`internal: picture ${name} was not printed`);
      return [name, pdf];
    }),
  );

/**
 * Every export of a paper, made and read back: its numbers are those of results.json, and its JATS is valid.
 *
 * @returns path below the paper's folder -> content
 * @throws NoExportForm, NoLatexForm, InvalidJats, ExportDiffers
 */
export const makeExports = async (
  given: ExportedPaper,
): Promise<ReadonlyMap<string, Uint8Array | string>> => {
  const { paper, values } = given;
  const document = readPage(given.html, paper, given.masthead, given.whereOf);
  const names = exportNames(paper);
  // Before anything is printed: what cannot be carried is told at once.
  const latex = writeLatex(document);
  requireFilled(names.latex, latex, given.leftMark);
  requireLatexTargets(names.latex, latex);
  requireSameValues(names.latex, document, values, valuesInLatex(latex));
  const jats = writeJats(document);
  requireFilled(names.jats, jats, given.leftMark);
  await validateJats(jats, names.jats);
  requireSameValues(names.jats, document, values, await valuesInJats(jats));
  const figures = figuresOf(document);
  const printed = await given.print(figures.length);
  const pdf = describePdf(printed.pdf, given.masthead, outlineTitles(document));
  await requireValuesInPdf(names.pdf, document, values, pdf);
  await requireStructureInPdf(names.pdf, document, figures, printed.formulas, pdf);
  requireFilled(names.pdf, (await textOfPdf(pdf)).join(''), given.leftMark);
  const pictures = pictureFiles(figures, printed);
  return new Map<string, Uint8Array | string>([
    [names.pdf, pdf],
    [names.jats, jats],
    [names.latex, latexZip(paper, latex, pictures, given.references)],
    ...[...pictures].map(([name, pdf]) => [`figures/${name}.pdf`, pdf] as const),
  ]);
};
