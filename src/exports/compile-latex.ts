import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { PaperError } from '../engine/stage/index.ts';

/** What compiles it, the first that is there; each stops at the first fault. */
const compilers = [
  ['latexmk', '-pdf', '-interaction=nonstopmode', '-halt-on-error'],
  ['tectonic', '--keep-logs'],
] as const;

const find = (): (typeof compilers)[number] => {
  const found = compilers.find(([name]) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0);
  if (found) return found;
  throw new PaperError('NoLatex', 'there is no LaTeX to compile with.', {
    details: ['looked for latexmk and tectonic on the PATH'],
    hint: 'install one, `sudo apt-get install latexmk texlive-latex-recommended texlive-fonts-recommended lmodern`, or leave out --compile.',
  });
};

/** The first fault that TeX tells, with the line of the source at which it stopped. */
const faultIn = (log: string): readonly string[] => {
  const lines = log.split('\n');
  const at = lines.findIndex((line) => line.startsWith('!'));
  return at < 0
    ? lines.filter(Boolean).slice(-3)
    : lines.slice(at, at + 8).filter((line) => /^(!|l\.\d)/.test(line));
};

/**
 * Compiles an archive as it is, in a folder of its own.
 *
 * @param file as it is told
 * @returns what compiled it
 * @throws NoLatex, LatexFails
 */
export const compileLatex = (zip: Uint8Array, paper: string, file: string): string => {
  const [command, ...flags] = find();
  const folder = mkdtempSync(join(tmpdir(), 'paper-latex-'));
  try {
    for (const [path, content] of Object.entries(unzipSync(zip))) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const { status, stdout } = spawnSync(command, [...flags, `${paper}.tex`], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    if (status === 0 && existsSync(join(folder, `${paper}.pdf`))) return command;
    const log = join(folder, `${paper}.log`);
    throw new PaperError('LatexFails', `${command} cannot compile the LaTeX export.`, {
      where: { file },
      details: faultIn(existsSync(log) ? readFileSync(log, 'latin1') : stdout),
      hint: 'if it is a formula, write it in what both KaTeX and LaTeX know; otherwise tell the maintainers the lines above.',
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
