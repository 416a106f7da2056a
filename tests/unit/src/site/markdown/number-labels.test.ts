import { expect, test } from 'vitest';
import { checkPage, compilePage } from './tiny-site.ts';

/** The anchor and the number of each section, in the order of the page. */
const sections = async (...headings: readonly string[]) =>
  [
    ...((await compilePage(headings.join('\n\n'))).code ?? '').matchAll(
      /<_components\.h[2-4](?: id="([^"]*)")?(?: data-number="([^"]*)")?>/g,
    ),
  ].map(([, id, number]) => [id, number]);

test('an anchor is the title, in any script', async () => {
  expect(await sections('## Größe und Maß', '## 結果', '## Β’ — $K_x$!', '## ?!')).toEqual([
    ['sec-größe-und-maß', '1'],
    ['sec-結果', '2'],
    ['sec-β-k-x', '3'],
    ['sec-section', '4'],
  ]);
  expect(await checkPage('## Größe\n\nSee <Ref to="sec:größe" />, [there](#sec-größe).')).toBe('fine');
});

test('equal titles have anchors of their own, and only a reference to either is an error', async () => {
  const two = ['## A', '### Limits', '## B', '### Limits'];
  expect((await sections(...two)).map(([id]) => id)).toEqual([
    'sec-a',
    'sec-limits',
    'sec-b',
    'sec-limits-2',
  ]);
  expect(await checkPage([...two, '<Ref to="sec:limits" />'].join('\n\n'))).toContain('AmbiguousReference');
});

test('an author gives an id, in either form, and a title that reads alike gives way', async () => {
  expect(
    await sections(
      '## Limits',
      '## Of others {#limits}',
      '### More {/* #more-of-it */}',
      '#### Deep {#deep}',
    ),
  ).toEqual([
    ['sec-limits-2', '1'],
    ['sec-limits', '2'],
    ['sec-more-of-it', '2.1'],
    ['sec-deep', undefined],
  ]);
  const { code } = await compilePage('## Limits\n\n## Of others {#limits}\n\n<Ref to="sec:limits" />');
  expect(code).toContain('href="#sec-limits" text="Section 2"');
  expect(code).toContain('{"Of others"}');
});

test('code that shows a heading with an id keeps it', async () => {
  expect((await compilePage('```md\n## Title {#id}\n```')).code).toContain('## Title {#id}');
});

test('what is below an unnumbered section has no number, and is referred to by its title', async () => {
  const page = [
    '### Before',
    '## Abstract',
    '### Aims',
    '## Method',
    '### Steps',
    '## References',
    '### Data',
  ];
  expect(await sections(...page)).toEqual([
    ['sec-before', undefined],
    [undefined, undefined],
    ['sec-aims', undefined],
    ['sec-method', '1'],
    ['sec-steps', '1.1'],
    [undefined, undefined],
    ['sec-data', undefined],
  ]);
  expect((await compilePage(`${page.join('\n\n')}\n\n<Ref to="sec:aims" />`)).code).toContain('text="Aims"');
});

test('appendices go on beyond the alphabet', async () => {
  const appendices = Array.from({ length: 54 }, (_, at) => `## Appendix ${String.fromCharCode(0x4e00 + at)}`);
  const numbers = (await sections(...appendices)).map(([, number]) => number);
  expect([0, 25, 26, 27, 51, 52, 53].map((at) => numbers[at])).toEqual([
    'A',
    'Z',
    'AA',
    'AB',
    'AZ',
    'BA',
    'BB',
  ]);
});
