import { nameInLatex } from './latex-text.ts';

const namesAfter = (source: string, command: string): readonly string[] =>
  [...source.matchAll(new RegExp(`\\\\${command}\\{([^{}]*)\\}`, 'g'))].map(([, name = '']) => name);

/** Reads a source back: TeX sets a reference that leads nowhere without a word. */
export const requireLatexTargets = (file: string, source: string): void => {
  const body = source.slice(source.indexOf('\\begin{document}'));
  const targets = new Set([
    ...namesAfter(body, 'hypertarget'),
    ...namesAfter(body, 'claim').map((id) => `claim-${id}`),
  ]);
  const lost = new Set(namesAfter(body, 'hyperlink').filter((name) => !targets.has(name)));
  if (lost.size > 0)
    throw new Error(
      `internal: ${file} has references to what it has no anchor for: ${[...lost].map(nameInLatex).join(', ')}`,
    );
};
