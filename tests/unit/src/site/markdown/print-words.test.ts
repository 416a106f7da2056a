import { expect, test } from 'vitest';
import { checkPage, compilePage } from './tiny-site.ts';

const word = '<Word of="size-is-positive" holds="wide" fails="narrow" />';

test('a word that depends on a result is the one of its verdict, also in a claim', async () => {
  const holding = await compilePage(`It is ${word}.`);
  expect(holding.code).toMatch(/span data-word="size-is-positive">\{"wide"\}/);
  const { code = '', page } = await compilePage(
    `<Claim id="size-is-positive"><Holds>Yes.</Holds><Fails>It is ${word}.</Fails></Claim>`,
    { claims: { verdict: 'fails' } },
  );
  expect(code).not.toContain('wide');
  expect(page?.sentences.get('size-is-positive')?.text).toBe('It is narrow.');
});

test('a verdict without a word is told, and so is a claim that is not there', async () => {
  expect(await checkPage(`It is ${word}.`, { claims: { verdict: 'undecided' } })).toBe(
    `MissingWord: claim 'size-is-positive' is 'undecided', and no word stands for that.
  content/tiny/index.mdx:1:7
  hint: add to it: undecided="what is true instead".`,
  );
  expect(await checkPage('It is <Word of="size-is-positiv" holds="wide" />.')).toContain(
    "UnknownClaim: there is no claim 'size-is-positiv'.",
  );
});
