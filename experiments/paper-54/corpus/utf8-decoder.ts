/** Decodes UTF-8 that comes in pieces; the border of two may cut a character. */
export interface Utf8Decoder {
  /** The text of the next piece: empty from the first byte on that is not UTF-8. */
  decode(piece: Uint8Array): string;
  /** After the last piece: the offset at which the bytes stop being UTF-8, or undefined. */
  end(): number | undefined;
}

// A character has at most four bytes.
const longestCharacter = 4;

const isContinuation = (byte: number): boolean => (byte & 0xc0) === 0x80;

/** How many bytes, from the first on, are the start of some UTF-8 text. */
const firstBadByte = (bytes: Uint8Array): number => {
  const decodes = (end: number): boolean => {
    try {
      // As a stream, so that a character cut at the end is not an error.
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (decodes(middle)) good = middle;
    else bad = middle;
  }
  return good;
};

export const createUtf8Decoder = (): Utf8Decoder => {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  /** Bytes before the piece, and the last few of them: the piece's first character may have begun there. */
  let offset = 0;
  let before: Uint8Array = new Uint8Array();
  let bad: number | undefined;
  return {
    decode: (piece) => {
      if (bad !== undefined) return '';
      try {
        const text = decoder.decode(piece, { stream: true });
        before = Buffer.concat([before, piece.subarray(-longestCharacter)]).subarray(-longestCharacter);
        offset += piece.length;
        return text;
      } catch {
        const start = before.findLastIndex((byte) => !isContinuation(byte));
        const context = start < 0 ? new Uint8Array() : before.subarray(start);
        bad = offset - context.length + firstBadByte(Buffer.concat([context, piece]));
        return '';
      }
    },
    end: () => {
      if (bad !== undefined) return bad;
      try {
        decoder.decode();
        return undefined;
      } catch {
        return offset;
      }
    },
  };
};
