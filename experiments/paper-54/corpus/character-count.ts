const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;

/** Characters of a text as Unicode counts them: one that UTF-16 writes as a pair, such as an emoji, is one. */
export const characterCount = (text: string): number => {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) if (!isLowSurrogate(text.charCodeAt(at))) count += 1;
  return count;
};

/** Where the text stands after so many further characters from a place in it; its end where it has no more. */
export const placeAfter = (text: string, from: number, characters: number): number => {
  let at = from;
  for (let left = characters; at < text.length; at += 1) {
    if (isLowSurrogate(text.charCodeAt(at))) continue;
    if (left === 0) return at;
    left -= 1;
  }
  return at;
};
