import { expect, test } from 'vitest';
import type { BoundShare, ValueUse } from '../../../../../src/site/value-uses.ts';
import { compilePage } from './tiny-site.ts';

const claim =
  '<Claim id="size-is-positive"><Holds>The size, <Value of="lengths.size.mean" />, is above zero.</Holds><Fails>It is below zero, at <Value of="lengths.size.mean" />.</Fails></Claim>';

const recorded = async (text: string) => {
  const { page, code } = await compilePage(text);
  const { uses, bound } = page!.frontmatter as unknown as {
    uses: readonly ValueUse[];
    bound: BoundShare;
  };
  return { uses, bound, code };
};

test('each sentence that prints a value is told whole, where it stands, and without those of other verdicts', async () => {
  const { uses, code } = await recorded(
    `First of all. A size of <Value of="lengths.size.mean" /> in\n$a. B$ is meant. And\nonce more <Value of="lengths.size.mean" />.\n\n${claim}\n`,
  );
  expect(uses).toEqual([
    { of: 'lengths.size.mean', text: 'A size of 1.50 in $a. B$ is meant.', at: 'in-lengths.size.mean' },
    { of: 'lengths.size.mean', text: 'And once more 1.50.', at: 'in-lengths.size.mean-2' },
    { of: 'lengths.size.mean', text: 'The size, 1.50, is above zero.', at: 'claim-size-is-positive' },
  ]);
  // Where the uses lead, the page has its anchors.
  expect(code?.match(/at="[^"]*"/g)).toEqual(['at="in-lengths.size.mean"', 'at="in-lengths.size.mean-2"']);
});

test('a value in a table of the text is told with the name of its row, under the head of its column', async () => {
  const { uses, bound } = await recorded(
    '| length | reported | here |\n|---|---|---|\n| whole | <Reported of="lengths.layer-0.size" /> | <Value of="lengths.size.mean" /> m |\n| <Value of="lengths.size.mean" /> | | |\n',
  );
  expect(uses.map(({ text }) => text)).toEqual(['whole; here 1.50 m', 'length 1.50']);
  expect(bound.sentences).toBe(0);
});

test('numbers and sentences are counted by what decides them', async () => {
  const { bound } = await recorded(
    [
      '---\ntitle: T\nsummary: S.\nauthors: [A]\nallow: [Study 54]\n---\n',
      '## A heading of <Value of="lengths.size.mean" />\n',
      `Nothing is measured here. Study 54 has <Reported of="lengths.layer-0.size" />. ${claim}\n`,
      '- It is <Word of="size-is-positive" holds="large" fails="small" undecided="unknown" />.\n',
      '- In code, `x = 3`, and formulas, $x = 3$, nothing is counted.\n',
    ].join('\n'),
  );
  expect(bound).toEqual({ computed: 1, quoted: 1, named: 1, claimed: 1, printing: 1, sentences: 5 });
});
