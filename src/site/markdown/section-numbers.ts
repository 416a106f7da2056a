/** Sections that stand outside the count, as in print. */
const unnumbered = new Set(['Abstract', 'References']);

/** `A` to `Z`, then `AA`. */
const letters = (count: number): string =>
  count === 0 ? '' : letters(Math.floor((count - 1) / 26)) + String.fromCharCode(65 + ((count - 1) % 26));

/**
 * Numbers of sections, one heading after the other: `2`, `2.1`; after the first that begins with `Appendix`, `A`, `A.1`;
 * undefined for those outside the count, with what is below them.
 */
export const createSectionNumbers = () => {
  let [section, subsection, appendices] = [0, 0, 0];
  let isCounted = false;
  return (depth: 2 | 3, title: string): string | undefined => {
    if (depth === 2) {
      isCounted = !unnumbered.has(title);
      if (!isCounted) return undefined;
      subsection = 0;
      if (appendices > 0 || title.startsWith('Appendix')) appendices += 1;
      else section += 1;
    } else subsection += 1;
    if (!isCounted) return undefined;
    const first = appendices > 0 ? letters(appendices) : String(section);
    return depth === 2 ? first : `${first}.${subsection}`;
  };
};

/** Whether a heading stands outside the count by its name, so that it keeps the anchor of its name. */
export const isUnnumbered = (title: string): boolean => unnumbered.has(title);
