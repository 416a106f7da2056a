import type { Node } from 'unist';
import type { VFile } from 'vfile';

/** What an author wrote for a node, with the characters before and after it; empty for a node that nobody wrote. */
export interface NodeSource {
  readonly text: string;
  readonly before: string;
  readonly after: string;
}

export const sourceOf = (node: Node, file: VFile): NodeSource => {
  const { start, end } = node.position ?? {};
  if (start?.offset === undefined || end?.offset === undefined) return { text: '', before: '', after: '' };
  const all = String(file.value);
  return {
    text: all.slice(start.offset, end.offset),
    before: [...all.slice(Math.max(0, start.offset - 2), start.offset)].at(-1) ?? '',
    after: [...all.slice(end.offset, end.offset + 2)][0] ?? '',
  };
};
