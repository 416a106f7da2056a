/** Locked packages of a Python stage: each line one version and the digests of its files, and nothing else. */
import { PaperError } from '../stage/paper-error.ts';

export interface Requirement {
  /** As PyPI spells it, in lower case. */
  readonly name: string;
  readonly version: string;
  /** What code imports it by. */
  readonly modules: readonly string[];
}

const lockedLine =
  /^(?<name>[A-Za-z0-9][\w.-]*)==(?<version>[\w.!+]+)(?<hashes>( --hash=sha256:[0-9a-f]{64})+)( +# imports: (?<modules>[\w, ]+))?$/;

const importName = (name: string): string => name.toLowerCase().replace(/[-.]/g, '_');

/**
 * @param file for the reader of an error
 * @throws RequirementUnlocked
 */
export const parseRequirements = (text: string, file: string): readonly Requirement[] => {
  // A line may go on after a backslash, as pip-compile writes it.
  let line = 0;
  return text.split(/(?<!\\)\n/).flatMap((written) => {
    line += 1;
    const at = line;
    line += written.split('\n').length - 1;
    const joined = written.replace(/\s*\\\n\s*/g, ' ').trim();
    if (joined === '' || joined.startsWith('#')) return [];
    const parts = lockedLine.exec(joined)?.groups;
    if (parts) {
      const name = parts['name']!.toLowerCase();
      const modules = parts['modules']?.split(/[, ]+/).filter(Boolean) ?? [importName(name)];
      return [{ name, version: parts['version']!, modules }];
    }
    throw new PaperError('RequirementUnlocked', `a requirement is not locked: '${joined}'.`, {
      where: { file, line: at },
      details: ['expected name==version --hash=sha256:…, with one hash or more'],
      hint: `lock it: \`pip-compile --generate-hashes --strip-extras --no-annotate requirements.in -o ${file}\`.`,
    });
  });
};
