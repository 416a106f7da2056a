import type { Heading, Nodes, Root } from 'mdast';
import type { Processor } from 'unified';
import { visit } from 'unist-util-visit';
import { isExpression } from './expression-node.ts';

const given = /^(#{1,6}[ \t].*?)\{#([^\s{}*/]+)\}(?=[ \t#]*$)/gm;
const comment = /\{\/\*#([^\s{}*/]+)\*\/\}/g;

/**
 * `## Title {#id}`, which MDX would take for code, is read as the comment that it could have been written as:
 * `## Title {/*#id*\/}`. Code that shows such a line keeps it.
 */
export function givenHeadingIds(this: Processor): void {
  const { parser } = this;
  if (!parser) throw new Error('internal: there is no parser to take in hand');
  this.parser = (document, file): Root => {
    const text = document.replace(given, '$1{/*#$2*/}');
    // What else looks at the text of a node finds it where the parser did.
    file.value = text;
    const tree = parser(text, file) as Root;
    visit(tree, (node: Nodes) => {
      if (node.type === 'code' || node.type === 'math') node.value = node.value.replace(comment, '{#$1}');
    });
    return tree;
  };
}

/** Takes the id that an author gave out of a heading. */
export const takeGivenId = (heading: Heading): string | undefined => {
  const last = heading.children.at(-1);
  if (!last || !isExpression(last)) return undefined;
  const [, id] = /^\s*\/\*\s*#([^\s*]+)\s*\*\/\s*$/.exec(last.value) ?? [];
  if (id === undefined) return undefined;
  heading.children.pop();
  const before = heading.children.at(-1);
  if (before?.type === 'text') before.value = before.value.trimEnd();
  return id;
};
