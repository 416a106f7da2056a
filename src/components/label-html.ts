import katex from 'katex';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A label as HTML: parts between dollar signs are TeX. */
export const labelHtml = (label: string): string =>
  label
    .split('$')
    .map((part, index) => (index % 2 === 1 ? katex.renderToString(part) : escaped(part)))
    .join('');
