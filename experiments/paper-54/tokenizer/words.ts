/** GPT-2's split of a text into words, which no merge crosses. Every character is in one word. */
export const wordPattern = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;

export const wordsOf = (text: string): readonly string[] => text.match(wordPattern) ?? [];

/** A word that does not keep the text in memory which it was cut from, as an engine's substrings do. */
export const detached = (word: string): string => Buffer.from(word, 'utf16le').toString('utf16le');
