import type { Program } from 'estree';
import type { Root } from 'mdast';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { placed } from './elements-in-code.ts';
import { reportFault } from './faults.ts';
import { authorError } from './jsx-node.ts';

/** What Astro takes for Markdown without components. */
const markdown = /\.(?:md|markdown|mdown|mkdn|mkd|mdwn)$/;

/** Pages are made of MDX: what a rule of the text leaves in plain Markdown, nothing parses. Faults: MarkdownImported */
export const checkImports = () => (tree: Root, file: VFile) => {
  visit(tree, (node: Node) => {
    if (node.type !== 'mdxjsEsm') return;
    const { estree } = (node.data ?? {}) as { readonly estree?: Program };
    for (const statement of estree?.body ?? []) {
      const source = 'source' in statement ? statement.source?.value : undefined;
      if (typeof source !== 'string' || !markdown.test(source)) continue;
      const part = source.replace(markdown, '.mdx');
      reportFault(
        file,
        authorError(
          'MarkdownImported',
          `'${source}' is Markdown without components, which no page can hold.`,
          file,
          placed(statement),
          `name the file ${part.replace(/^.*\//, '')}, write \`import Part from '${part}'\`, and <Part /> where it belongs.`,
        ),
      );
    }
  });
};
