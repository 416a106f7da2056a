import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkPage, compilePage } from './tiny-site.ts';

/** Where a page's text may hold a number, with the number's place in it. */
const doors: Readonly<Record<string, (number: string) => string>> = {
  prose: (number) => `It is ${number} here.`,
  emphasis: (number) => `It is **${number}** or ~~so~~.`,
  'a heading': (number) => `## Of ${number} things`,
  'a link': (number) => `See [${number}](results.json).`,
  "a link's title": (number) => `See [it](results.json "of ${number}").`,
  "an image's alternative text": (number) => `![of ${number}](x.png)`,
  'a footnote': (number) => `See[^note].\n\n[^note]: Of ${number}.`,
  'a cell of a table': (number) => `| a |\n|---|\n| ${number} |`,
  'an item of a list': (number) => `- of ${number}`,
  'a caption': (number) => `<ResultTable of="lengths">Of ${number}.</ResultTable>`,
  'an equation’s text': (number) => `<Equation id="one">${number}</Equation>`,
  'an attribute': (number) => `<span title="of ${number}">it</span>`,
  'an attribute in capitals': (number) => `<img ALT="of ${number}" src="x.png" />`,
  'a value that a voice reads': (number) => `<b aria-valuenow="${number}">it</b>`,
  'a gauge': (number) => `<meter value="${number}">it</meter>`,
  'an option': (number) => `<select><option>${number}</option></select>`,
  'a drawing': (number) => `<svg><text>${number}</text></svg>`,
  'the start of a list of HTML': (number) => `<ol start="${number}"><li>it</li></ol>`,
  'an item of a list of HTML': (number) => `<ol><li value="${number}">it</li></ol>`,
  'a label for a voice': (number) => `<span aria-label="of ${number}">it</span>`,
  'a string in braces': (number) => `It is {'${number}'}.`,
  'a sum of strings': (number) => `It is {'${number}' + 'a'}.`,
  'a template string': (number) => `It is {\`of ${number}\`}.`,
  'an element in braces': (number) => `It is {true && <b>of ${number}</b>}.`,
  'a string in an attribute': (number) => `<b title={'of ${number}'}>it</b>`,
};

/** Of every kind of numeral that Unicode has. */
const numerals = ['4', '٤', '४', '４', '½', '²', '①', 'Ⅳ', '𝟒', '〇', '❶', '₄'];

for (const [door, pageOf] of Object.entries(doors)) {
  test(`a number in ${door} is refused in any numerals`, async () => {
    for (const number of numerals) {
      expect(await checkPage(pageOf(number)), number).toMatch(
        new RegExp(`^TypedDigit: '${number}.?' is typed in the prose`),
      );
    }
    expect(await checkPage(pageOf('x'))).toBe('fine');
  });
}

test('a number by a character reference is refused', async () => {
  expect(await checkPage('It is &#52;&#50;.')).toContain("TypedDigit: '42.'");
  expect(await checkPage('It is &frac12;.')).toContain("TypedDigit: '½.'");
  expect(await checkPage('<b title="&#52;">it</b>')).toContain("TypedDigit: '4'");
});

const allowing = (name: string, text: string): string =>
  `---\ntitle: T\nsummary: S\nauthors: [A]\nallow: ["${name}"]\n---\n${text}`;

test('an allowed name stands for itself alone, also where its line is broken', async () => {
  expect(await checkPage(allowing('Paper 54', 'Of Paper 54, and Paper\n54’s.'))).toBe('fine');
  for (const text of ['Paper 540', 'Paper 54.5', 'Paper 5', '54', 'xPaper 54'])
    expect(await checkPage(allowing('Paper 54', `Of ${text} it is.`)), text).toContain('TypedDigit');
});

test('no digit of any script comes onto the page but by an allowed name', async () => {
  const digit = fc.integer({ min: 0, max: 0x1ffff }).map((code) => String.fromCodePoint(code));
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(digit, fc.constantFrom(...numerals)).filter((one) => /^[\p{L}\p{N}]$/u.test(one)),
      fc.constantFrom(...Object.values(doors)),
      async (character, pageOf) => {
        const { code, fault } = await compilePage(pageOf(character));
        if (/\p{N}/u.test(character)) expect(fault?.name).toBe('TypedDigit');
        else expect(code).toContain(character);
      },
    ),
    { numRuns: 60, seed: 7 },
  );
});

test('a list counts from one, and nothing else is its start', async () => {
  expect(await checkPage('It is so:\n\n1. a\n2. b')).toBe('fine');
  for (const start of ['0', '2', '42'])
    expect(await checkPage(`It is so:\n\n${start}. a\n${start}. b`)).toMatch(
      new RegExp(`^TypedDigit: '${start}' is typed in the prose.*\n {2}content/tiny/index.mdx:3:1`),
    );
});

test('code, formulas, quotations and citations may hold numbers', async () => {
  for (const text of ['`4`', '$4$', '<Reported>1.54</Reported>', '<Cite of="knuth1984" locator="p. 4" />'])
    expect(await checkPage(`It is ${text}.`), text).toBe('fine');
  expect(await checkPage('It was <Reported>١</Reported>.')).toContain('UnknownReported');
});

test('a name in braces may hold a digit, and what stands beside it may not', async () => {
  const named = (text: string) => `export const w0 = 'so';\n\n${text}`;
  for (const text of ['It is {w0}.', 'It is {w0 /* of 3 */}.', '<b title={w0}>it</b>'])
    expect(await checkPage(named(text)), text).toBe('fine');
  expect(await checkPage(named("It is {w0} and\nso {w0 + ' 3'}."))).toMatch(
    /^TypedDigit: '3' is typed in the prose.*\n {2}content\/tiny\/index.mdx:4:12/,
  );
});
