import type { Program } from 'estree';
import type { Root } from 'mdast';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import type { PaperError } from '../../engine/stage/index.ts';
import { placed } from './elements-in-code.ts';
import { reportFault } from './faults.ts';
import { authorError } from './jsx-node.ts';

/** What Astro takes for Markdown without components. */
const markdown = /\.(?:md|markdown|mdown|mkdn|mkd|mdwn)$/;

/** What Astro calls a page's own: its module cannot have them twice. */
const ofPages = new Set(['file', 'url', 'frontmatter', 'getHeadings', 'Content', 'MDXContent']);

const taken = (statement: Program['body'][number], file: VFile): PaperError | undefined => {
  if (statement.type !== 'ImportDeclaration') return undefined;
  const name = statement.specifiers.map(({ local }) => local.name).find((local) => ofPages.has(local));
  return name === undefined
    ? undefined
    : authorError(
        'ReservedName',
        `'${name}' is the name of something that every page has of its own.`,
        file,
        placed(statement),
        `give it another name here: \`import { ${name} as my${name[0]!.toUpperCase()}${name.slice(1)} } from …\`.`,
      );
};

/**
 * Pages are made of MDX: what a rule of the text leaves in plain Markdown, nothing parses. Faults: MarkdownImported,
 * ReservedName
 */
export const checkImports = () => (tree: Root, file: VFile) => {
  visit(tree, (node: Node) => {
    if (node.type !== 'mdxjsEsm') return;
    const { estree } = (node.data ?? {}) as { readonly estree?: Program };
    for (const statement of estree?.body ?? []) {
      const source = 'source' in statement ? statement.source?.value : undefined;
      if (typeof source !== 'string') continue;
      if (!markdown.test(source)) {
        const fault = taken(statement, file);
        if (fault) reportFault(file, fault);
        continue;
      }
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
