import { expect, test } from 'vitest';
import { checkPage, compilePage } from './tiny-site.ts';

const claim = (...parts: readonly string[]): string =>
  `<Claim id="size-is-positive">${parts.join('')}</Claim>`;
const holds = '<Holds>It is $x^2$: <Value of="lengths.size.mean" />.</Holds>';
const fails = '<Fails>Not so.</Fails>';
const undecided = '<Undecided>Nobody knows.</Undecided>';

for (const [verdict, text] of [
  ['holds', 'It is $x^2$: 1.50.'],
  ['fails', 'Not so.'],
  ['undecided', 'Nobody knows.'],
] as const) {
  test(`of three sentences the one for '${verdict}' is printed, and stands in results`, async () => {
    const { code = '', page } = await compilePage(`Text.\n\n${claim(holds, fails, undecided)}\n`, {
      claims: { verdict },
    });
    expect(page?.sentences.get('size-is-positive')).toEqual({
      text,
      where: { file: 'content/tiny/index.mdx', line: 3, column: 1 },
    });
    const others = { holds: 'It is ', fails: 'Not so.', undecided: 'Nobody knows.' };
    expect(Object.values(others).filter((other) => code.includes(other))).toEqual([others[verdict]]);
  });
}

test('one sentence alone says that the claim holds, and is refused where it does not', async () => {
  const { page } = await compilePage(claim('It is so.'));
  expect(page?.sentences.get('size-is-positive')?.text).toBe('It is so.');
  expect(await checkPage(claim('It is so.'), { claims: { verdict: 'fails' } })).toBe(
    `FalseSentence: claim 'size-is-positive' has one sentence, and its verdict is 'fails'.
  content/tiny/index.mdx:1:1
  the size is above zero: 1.5 against 0
  hint: put it into <Holds>…</Holds>, and add beside it: <Fails>what is true instead.</Fails>`,
  );
  expect(await checkPage(claim('It is so.'), { claims: { verdict: 'undecided' } })).toContain(
    '<Undecided>what is true instead.</Undecided>',
  );
});

test('a verdict without a sentence is told with the element to add', async () => {
  expect(await checkPage(`Text.\n\n${claim(holds, undecided)}`, { claims: { verdict: 'fails' } })).toBe(
    `MissingSentence: claim 'size-is-positive' has no sentence for its verdict, which is 'fails'.
  content/tiny/index.mdx:3:1
  the size is above zero: 1.5 against 0
  hint: add to it: <Fails>what is true instead.</Fails>`,
  );
});

test('a claim without a sentence, and a sentence without a word, are told', async () => {
  expect(await checkPage(claim('\n\n'))).toBe(
    `EmptySentence: claim 'size-is-positive' has no sentence.
  content/tiny/index.mdx:1:1
  hint: write one for each verdict between its tags: <Claim id="size-is-positive"><Holds>…</Holds><Fails>…</Fails></Claim>.`,
  );
  expect(await checkPage(claim(holds, '<Fails> </Fails>'))).toBe(
    `EmptySentence: <Fails> of claim 'size-is-positive' says nothing.
  content/tiny/index.mdx:1:91
  hint: write between its tags what is true then: <Fails>…</Fails>, or remove it.`,
  );
  expect(await checkPage(claim('<Value of="lengths.size.mean" />'))).toBe('fine');
});

test('a sentence that this build does not print is checked as well', async () => {
  expect(await checkPage(claim(holds, '<Fails>It is <Value of="lengths.size.main" />.</Fails>'))).toContain(
    "UnknownValue: there is no value 'lengths.size.main'.",
  );
});

test('text outside of the sentences is refused, but not blank lines between them', async () => {
  expect(await checkPage(claim(holds, ' and so ', fails))).toBe(
    `TextBesideSentences: claim 'size-is-positive' has text outside of <Holds>, <Fails> and <Undecided>.
  content/tiny/index.mdx:1:91
  hint: move it into each of the sentences that it belongs to, or before or after the claim.`,
  );
  expect(await checkPage(claim('\n\n', holds, '\n\n', fails, '\n\n'))).toBe('fine');
});

test('two sentences for one verdict are refused', async () => {
  expect(await checkPage(claim(holds, fails, fails))).toBe(
    `DuplicateSentence: claim 'size-is-positive' has two sentences in <Fails>.
  content/tiny/index.mdx:1:113
  hint: a verdict prints one sentence: join the two, or remove one.`,
  );
});

test('a sentence outside of a claim is refused', async () => {
  expect(await checkPage(`Text ${fails}`)).toBe(
    `SentenceWithoutClaim: <Fails> stands outside of a claim.
  content/tiny/index.mdx:1:6
  hint: put it directly into one: <Claim id="…"><Fails>…</Fails></Claim>.`,
  );
});

test('the first mistake in the text is told, whichever rule finds it', async () => {
  expect(await checkPage('After <Cite of="nobody" />.\n\nIt is 3.\n\n$\\nothing$')).toContain(
    'UnknownCitation',
  );
  expect(await checkPage('$\\nothing$\n\nIt is 3 <Cite of="nobody" />.')).toContain('BadTex');
  expect(await checkPage('It is 3.\n\n$\\nothing$ <Cite of="nobody" />.')).toContain('TypedDigit');
});

test('code in a sentence is told, and a text between braces is a text', async () => {
  expect(await checkPage(claim('It is {frontmatter.title}.'))).toBe(
    [
      "CodeInClaim: claim 'size-is-positive' has code in its sentence: {frontmatter.title}.",
      '  content/tiny/index.mdx:1:36',
      '  hint: write the words themselves, or name a value: <Value of="…" />.',
    ].join('\n'),
  );
  const { page } = await compilePage(claim("It{' '}is{/* so */} {`small`}."));
  expect(page?.sentences.get('size-is-positive')?.text).toBe('It is small.');
});
