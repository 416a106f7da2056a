import { expect, test } from 'vitest';
import { checkPage } from './tiny-site.ts';

const refusal = (exported: 'default' | 'components'): string =>
  [
    exported === 'default'
      ? 'LayoutInPage: a page has the layout of the site, and exports none of its own.'
      : 'ComponentsInPage: a page has the elements of the site, and exports none in the place of them.',
    '  content/tiny/index.mdx:1:1',
    `  hint: remove \`export ${exported}\`; styles and components of a site are options of paper() in astro.config.mjs.`,
  ].join('\n');

test.each([
  'export const components = { em: () => null }',
  'export let a = 1, components = {}',
  'export function components() {}',
  'export class components {}',
  "export { all as components } from './all.ts'",
  "export { components } from './all.ts'",
  "export * as components from './all.ts'",
  'export const { components } = {}',
  'export const { a: [, { components }] } = {}',
  'export const { a, ...components } = {}',
  'export const [components = {}] = []',
])('elements of its own are refused a page: %s', async (line) => {
  expect(await checkPage(`${line}\n\nText.`)).toBe(refusal('components'));
});

test.each([
  'export default () => null',
  "export { default } from './a.ts'",
  "export { a as default } from './a.ts'",
])('a layout is refused a page: %s', async (line) => {
  expect(await checkPage(`${line}\n\nText.`)).toBe(refusal('default'));
});

test('other exports pass', async () => {
  expect(await checkPage("export const word = 'a', { components: b } = {}\n\nIt is {word}.")).toBe('fine');
});
