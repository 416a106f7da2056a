/** What readers of files ask of Node's `Buffer`: bytes as UTF-8 text. */
export const Buffer = {
  from: (bytes: Uint8Array) => ({ toString: (): string => new TextDecoder().decode(bytes) }),
};
