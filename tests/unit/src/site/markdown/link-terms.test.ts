import { createProcessor } from '@mdx-js/mdx';
import type { Root } from 'mdast';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import { expect, test } from 'vitest';
import { formatError } from '../../../../../src/engine/stage/paper-error.ts';
import { attributeOf, isJsx } from '../../../../../src/site/markdown/jsx-node.ts';
import { linkTerms } from '../../../../../src/site/markdown/link-terms.ts';
import { markdownSyntax } from '../../../../../src/site/markdown/markdown-syntax.ts';
import { checkPage } from './tiny-site.ts';

/** Another page: the terms that it defines, and those that it names. */
type Other = readonly [name: string, defined: readonly string[], terms: readonly string[]];

const page = ([name, defined, terms]: Other) => ({
  name,
  title: name,
  places: [],
  shown: new Map(),
  requests: [],
  hasBibliography: false,
  defined: new Set(defined),
  terms: new Set(terms),
});

/** The links of a paper's own page, and what is wrong in it, of a paper with other pages before or after. */
const linked = (
  text: string,
  before: readonly Other[] = [],
  after: readonly Other[] = [],
  isWhole = true,
) => {
  const file = new VFile({ path: '/root/content/tiny/method.mdx', value: text });
  const tree = createProcessor({ remarkPlugins: markdownSyntax }).parse(file) as Root;
  const pages = [...before, ['method', [], []] as const, ...after].map(page);
  linkTerms(() => ({ pages, at: before.length, home: '../', isWhole }))()(tree, file);
  const hrefs: (string | undefined)[] = [];
  visit(tree, (node: Node) => {
    if (isJsx(node) && node.name === 'Term') hrefs.push(attributeOf(node, 'href'));
  });
  return { hrefs, faults: (file.data.faults ?? []).map((fault) => formatError(fault)) };
};

test('a term leads to its definition, on its own page or on another', () => {
  const text =
    'A <Term of="null">null</Term>, a <Term of="view">view</Term>.\n\n- <Definition of="null">What chance gives.</Definition>';
  expect(linked(text, [], [['data', ['view'], []]])).toEqual({
    hrefs: ['#term-null', '../data/#term-view'],
    faults: [],
  });
  expect(linked('A <Term of="view">view</Term>.', [['index', ['view'], []]]).hrefs).toEqual([
    '../#term-view',
  ]);
});

test('a term that nothing defines is an error, unless a page could not be read', () => {
  const text = 'A\n<Term of="nul">null</Term>.';
  const others: readonly Other[] = [['data', ['null'], ['null']]];
  expect(linked(text, others).faults).toEqual([
    [
      "UnknownTerm: no page defines a term 'nul'.",
      '  content/tiny/method.mdx:2:1',
      "  hint: did you mean 'null'?",
    ].join('\n'),
  ]);
  expect(linked(text, others, [], false).faults).toEqual([]);
});

test('a definition stands once, and some page names it', () => {
  const twice = '<Term of="a">a</Term> <Definition of="a">A.</Definition> <Definition of="a">B.</Definition>';
  expect(linked(twice).faults).toEqual([
    expect.stringContaining("DuplicateTerm: 'a' is defined on this page already."),
  ]);
  const again = '<Definition of="a">A.</Definition>';
  expect(linked(again, [['index', ['a'], ['a']]]).faults).toEqual([
    expect.stringContaining("DuplicateTerm: 'a' is defined on 'index' already."),
  ]);
  expect(linked(again).faults).toEqual([
    expect.stringContaining("UnusedTerm: 'a' is defined, and no page names it."),
  ]);
  // The page that stands first keeps it.
  expect(linked(again, [], [['data', ['a'], ['a']]]).faults).toEqual([]);
});

test('words of a definition are held to the rules of all text', async () => {
  const defined = (words: string) =>
    checkPage(`<Term of="a">a</Term>\n\n<Definition of="a">${words}</Definition>`);
  expect(await defined('A word.')).toBe('fine');
  expect(await defined('Three, or 3.')).toContain('TypedDigit');
  expect(await checkPage('<Term>a</Term>')).toContain(
    'MissingAttribute: <Term> does not say which term it names.',
  );
});
