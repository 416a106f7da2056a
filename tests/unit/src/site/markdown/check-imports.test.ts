import { expect, test } from 'vitest';
import { checkPage } from './tiny-site.ts';

test.each([
  "import { Content } from './part.md'",
  "import * as part from './part.md'",
  "export { Content } from './part.md'",
  "export * from './part.md'",
])('plain Markdown is no part of a page: %s', async (statement) => {
  expect(await checkPage(`import X from './x.astro'\n${statement}\n\nIt is so.`)).toBe(
    [
      "MarkdownImported: './part.md' is Markdown without components, which no page can hold.",
      '  content/tiny/index.mdx:2:1',
      "  hint: name the file part.mdx, write `import Part from './part.mdx'`, and <Part /> where it belongs.",
    ].join('\n'),
  );
});

test.each(['{ file }', '{ a as url }', 'frontmatter'])(
  'a name that pages have is not imported: %s',
  async (names) => {
    const name = /\w+(?= }|$)/.exec(names)![0];
    expect(await checkPage(`import ${names} from './helper.ts'\n\nIt is so.`)).toBe(
      [
        `ReservedName: '${name}' is the name of something that every page has of its own.`,
        '  content/tiny/index.mdx:1:1',
        `  hint: give it another name here: \`import { ${name} as my${name[0]!.toUpperCase()}${name.slice(1)} } from …\`.`,
      ].join('\n'),
    );
  },
);

test('parts in MDX, components, and the text of a file are imported', async () => {
  const imports = [
    "import Part from './part.mdx'",
    "import X from './x.astro'",
    "import t from './part.md?raw'",
  ];
  expect(await checkPage(`${imports.join('\n')}\n\nIt is so.`)).toBe('fine');
});
