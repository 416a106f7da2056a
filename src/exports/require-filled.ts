/**
 * No export can hold what is only known of it once it is written, such as its own digest: what of a page does is left
 * out of exports.
 *
 * @param leftMark the first mark in a text that no such fact was put in the place of
 */
export const requireFilled = (
  file: string,
  text: string,
  leftMark: (text: string) => string | undefined,
): void => {
  const mark = leftMark(text);
  if (mark !== undefined) throw new Error(`internal: ${file} has '${mark}' where a page has a file's fact`);
};
