/** What readers of files ask of Node's `Buffer`: bytes as UTF-8 text; a text, which is copied for Node's memory alone. */
export const Buffer = {
  from: (from: Uint8Array | string) => ({
    toString: (): string => (typeof from === 'string' ? from : new TextDecoder().decode(from)),
  }),
};
