import katex from 'katex';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** TeX as a voice may read it: names without their backslashes. */
const spoken = (tex: string): string =>
  escaped(
    tex
      .replace(/[\\{}]/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  );

const formula = (tex: string): string =>
  `<span aria-hidden="true">${katex.renderToString(tex)}</span><span class="visually-hidden">${spoken(tex)}</span>`;

/** A label as HTML: parts between dollar signs are TeX, with words for those who do not see it. */
export const labelHtml = (label: string): string =>
  label
    .split('$')
    .map((part, index) => (index % 2 === 1 ? formula(part) : escaped(part)))
    .join('');
