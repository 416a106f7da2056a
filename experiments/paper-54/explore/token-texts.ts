import { byteAlphabet } from '../tokenizer/byte-alphabet.ts';

const byteOf = new Map(byteAlphabet.map((sign, byte) => [sign, byte]));

/** What no eye sees, by signs that one does. */
const visible: Readonly<Record<string, string>> = { ' ': '␣', '\n': '↵', '\t': '⇥', '\r': '␍' };

const shown = (text: string): string => text.replace(/[\s\p{Cc}]/gu, (sign) => visible[sign] ?? hexOf(sign));

const hexOf = (sign: string): string =>
  `<${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(2, '0')}>`;

/** A token's bytes as text, spaces visible; bytes that are no whole character as `<E2>`. */
export const tokenText = (token: string): string => {
  const bytes = Array.from(token, (sign) => byteOf.get(sign));
  // A token outside of the alphabet was added by name.
  if (bytes.includes(undefined)) return token;
  try {
    return shown(new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes as number[])));
  } catch {
    return (bytes as number[])
      .map((byte) =>
        byte > 0x20 && byte < 0x7f
          ? String.fromCharCode(byte)
          : byte === 0x20
            ? '␣'
            : `<${byte.toString(16).toUpperCase().padStart(2, '0')}>`,
      )
      .join('');
  }
};

/** By id: the texts of a tokenizer.json's vocabulary. */
export const tokenTexts = (json: string): readonly string[] => {
  const { model, added_tokens: added } = JSON.parse(json) as {
    readonly model: { readonly vocab: Readonly<Record<string, number>> };
    readonly added_tokens: readonly { readonly id: number; readonly content: string }[];
  };
  const texts: string[] = [];
  for (const [token, id] of Object.entries(model.vocab)) texts[id] = tokenText(token);
  for (const { id, content } of added) texts[id] = content;
  return texts;
};
