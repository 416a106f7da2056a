import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileLatex } from '../exports/compile-latex.ts';
import { exportNames } from '../exports/export-names.ts';
import { type BuiltSite, buildSite } from './build-site.ts';
import type { BuildOptions } from './load-papers.ts';

/** What was exported, as `--json` tells it. */
export interface ExportedSite extends BuiltSite {
  /** By paper: where each export lies, from the project's root. */
  readonly exports: Readonly<Record<string, Readonly<Record<'pdf' | 'jats' | 'latex', string>>>>;
  /** What compiled the LaTeX of every paper; null where nothing was asked to. */
  readonly compiledBy: string | null;
}

/**
 * Builds the site with a PDF, LaTeX and JATS of every paper, each read back against its results.
 *
 * @param options with `compile`, the LaTeX of each is compiled as it lies in its archive
 * @throws what a build throws, NoChromium, NoExportForm, NoLatexForm, InvalidJats, ExportDiffers; NoLatex, LatexFails
 */
export const exportPapers = async (
  root: string,
  { compile, ...options }: BuildOptions,
): Promise<ExportedSite> => {
  const built = await buildSite(root, options, { exported: true });
  const exports: Record<string, Record<'pdf' | 'jats' | 'latex', string>> = {};
  let compiledBy: string | null = null;
  for (const { paper } of built.papers) {
    const { pdf, jats, latex } = exportNames(paper);
    const folder = join('dist', paper);
    exports[paper] = { pdf: join(folder, pdf), jats: join(folder, jats), latex: join(folder, latex) };
    if (compile !== undefined) {
      compiledBy = compileLatex(readFileSync(join(root, folder, latex)), paper, join(folder, latex));
      console.log(`${paper}: its LaTeX compiles with ${compiledBy}`);
    }
    for (const path of Object.values(exports[paper]!))
      if (!existsSync(join(root, path))) throw new Error(`internal: ${path} was not made`);
  }
  for (const path of Object.values(exports).flatMap((paths) => Object.values(paths))) console.log(path);
  return { ...built, exports, compiledBy };
};
