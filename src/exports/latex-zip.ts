import { strToU8, type Zippable, zipSync } from 'fflate';

/** Zip knows no time zone, and no earlier year. */
const noTime = new Date(1980, 0, 1);

/**
 * A folder's worth of LaTeX: the source under the paper's name, its figures, and its references.
 *
 * @param figures name without its ending -> PDF
 */
export const latexZip = (
  paper: string,
  source: string,
  figures: ReadonlyMap<string, Uint8Array>,
  references: string | null,
): Uint8Array => {
  const files: Zippable = { [`${paper}.tex`]: strToU8(source) };
  for (const [name, pdf] of figures) files[`figures/${name}.pdf`] = pdf;
  if (references !== null && references.trim() !== '') files['references.bib'] = strToU8(references);
  return zipSync(files, { mtime: noTime, level: 9 });
};
