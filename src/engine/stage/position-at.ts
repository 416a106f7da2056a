import type { SourcePosition } from './paper-error.ts';

/** Where in a file's text an offset is. @param offset in UTF-16 units, as a parser gives it */
export const positionAt = (file: string, text: string, offset: number): Required<SourcePosition> => {
  const before = text.slice(0, offset).split('\n');
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
};
