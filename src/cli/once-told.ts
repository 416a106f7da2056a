import type { PaperError } from '../engine/stage/index.ts';

const fileOf = ({ where }: PaperError): string => where?.file ?? '';

/** Of a file that a program lays out or lints only if it can read it. */
const isUnread = ({ name, details }: PaperError): boolean =>
  name === 'BadStyle' && details.includes('the rule is parse');

/**
 * What several programs tell of one file that none of them can read, once: by whoever names it best, at the first place.
 *
 * @param faults those that say most first
 */
export const onceTold = (faults: readonly PaperError[]): readonly PaperError[] => {
  const named = new Set(faults.filter(({ name }) => name !== 'BadStyle').map(fileOf));
  const unparsed = new Set(
    faults
      .filter(({ name, message }) => name === 'BadPaperModule' && message.includes(' does not parse: '))
      .map(fileOf),
  );
  const seen = new Set<string>();
  return faults.filter((fault) => {
    const file = fileOf(fault);
    if (fault.name === 'BadType') return !unparsed.has(file);
    if (!isUnread(fault)) return true;
    const isFirst = !seen.has(file);
    seen.add(file);
    return isFirst && !named.has(file);
  });
};
