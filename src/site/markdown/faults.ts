import { join } from 'node:path';
import type { VFile } from 'vfile';
import { formatError, PaperError } from '../../engine/stage/index.ts';

declare module 'vfile' {
  interface DataMap {
    /** The mistakes found so far, in the order in which they were found. */
    faults: PaperError[];
  }
}

/** Notes a mistake of a page: the first one in the text is told, whichever rule finds it first. */
export const reportFault = (file: VFile, error: PaperError): void => {
  file.data.faults = [...(file.data.faults ?? []), error];
};

/** What `work` throws is a mistake of the page like any other. */
export const reporting = <T>(file: VFile, work: () => T): T | undefined => {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof PaperError)) throw error;
    reportFault(file, error);
    return undefined;
  }
};

const before = ({ where: a }: PaperError, { where: b }: PaperError): number =>
  (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0);

/** The first mistake in the text; one that has no place there, such as another file's, comes first. */
export const firstFault = (file: VFile): PaperError | undefined => file.data.faults?.toSorted(before)[0];

/**
 * An error as a dev server shows it over the page: whoever passes it on writes its own name and place into it, so
 * that it is never the error itself.
 */
export const overlayError = (root: string, error: PaperError): Error => {
  const { file, line, column } = error.where ?? {};
  // The hint stands below the message in a panel of its own.
  const text = formatError(error).slice(0, -`\n  hint: ${error.hint}`.length);
  return Object.assign(new Error(text), {
    title: error.name,
    hint: error.hint,
    // The first two are what is read where a page is compiled, the third elsewhere.
    ...(file === undefined ? {} : { line, column, loc: { file: join(root, file), line, column } }),
    // The place is the author's: no line of ours helps.
    stack: '',
  });
};
