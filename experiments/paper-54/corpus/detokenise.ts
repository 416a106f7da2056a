const noSpaceBefore = /^[,.;:?!)\]%]/;
const noSpaceAfter = /[([]$/;

// A line whose words are all tagged as headline (`-hl`), followed by more of its paragraph.
const headline = /^(?:\s*\S+\/\S+-hl)+[ \t]*(?=\n)/gm;

/**
 * Readable text from one file of the Brown corpus, whose words stand as `word/tag`: a paragraph a blank line,
 * quotation marks as printed, punctuation attached to its word. Some words hold a slash themselves
 * (`1-1/2/cd`): the tag follows the last one.
 */
export const detokenise = (tagged: string): string =>
  tagged
    .replace(headline, '$&\n\n')
    .split(/\n\s*\n/)
    .map((paragraph) => joinWords(paragraph.split(/\s+/).flatMap(untag)))
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');

/** `**zg` and its like mark passages that the corpus left out. */
const untag = (item: string): readonly string[] => {
  const slash = item.lastIndexOf('/');
  const word = slash > 0 ? item.slice(0, slash) : item;
  return word === '' || word.startsWith('**') ? [] : [word];
};

const joinWords = (words: readonly string[]): string => {
  let text = '';
  let attachNext = true;
  for (const word of words) {
    // An abbreviation at the end of a sentence has its full stop already.
    if (word === '.' && text.endsWith('.')) continue;
    const shown = word === '``' ? '“' : word === "''" ? '”' : word === '--' ? '—' : word;
    const attached = attachNext || shown === '”' || shown === '—' || noSpaceBefore.test(shown);
    text += attached ? shown : ` ${shown}`;
    attachNext = shown === '“' || shown === '—' || noSpaceAfter.test(shown);
  }
  return text;
};
