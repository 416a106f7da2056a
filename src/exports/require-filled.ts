import { leftMark } from '../site/file-facts.ts';

/** No export can hold what is only known of it once it is written: its own digest, say. Of a page that is left out. */
export const requireFilled = (file: string, text: string): void => {
  const mark = leftMark(text);
  if (mark !== undefined) throw new Error(`internal: ${file} has '${mark}' where a page has a file's fact`);
};
