/**
 * GPT-2's printable stand-ins for the 256 bytes (Radford et al. 2019): printable Latin-1 bytes stand for
 * themselves, the others for code points from 256 on.
 */
export const byteAlphabet: readonly string[] = (() => {
  const stands = (byte: number): boolean =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(stands(byte) ? byte : next++));
})();

/** A text's UTF-8 bytes in that alphabet. */
export const toByteAlphabet = (text: string): string =>
  Array.from(new TextEncoder().encode(text), (byte) => byteAlphabet[byte]).join('');
