import { createSectionNumbers } from './markdown/section-numbers.ts';

interface PageHeading {
  readonly depth: number;
  readonly slug: string;
  readonly text: string;
}

/** A section of a page with those below it. */
export interface NumberedSection {
  readonly slug: string;
  readonly text: string;
  /** As the text prints it; undefined outside of the count. */
  readonly number: string | undefined;
  readonly parts: readonly Omit<NumberedSection, 'parts'>[];
}

/** The heading that Markdown sets above a page's notes, which stand in the margin or below everything. */
const ofNotes = 'footnote-label';

/** The sections of a page, numbered by the rule that its headings are numbered by. @param headings in its order */
export const numberedSections = (headings: readonly PageHeading[]): readonly NumberedSection[] => {
  const numberOf = createSectionNumbers();
  const sections: (NumberedSection & { parts: Omit<NumberedSection, 'parts'>[] })[] = [];
  for (const { depth, slug, text } of headings) {
    if ((depth !== 2 && depth !== 3) || slug === ofNotes) continue;
    const entry = { slug, text, number: numberOf(depth, text.trim()) };
    const last = sections.at(-1);
    if (depth === 3 && last) last.parts.push(entry);
    else sections.push({ ...entry, parts: [] });
  }
  return sections;
};
