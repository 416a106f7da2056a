import { expect, test } from 'vitest';
import { compilePage } from './tiny-site.ts';

const claim = '<Claim id="size-is-positive"><Holds>It is wide.</Holds><Fails>It is narrow.</Fails></Claim>';
const glance = (row: string): string => `<Glance>\n${row}\n</Glance>\n\n${claim}\n`;

for (const [verdict, sentence] of [
  ['holds', 'It is wide.'],
  ['fails', 'It is narrow.'],
] as const) {
  test(`a row of the glance says what its claim says when it ${verdict}`, async () => {
    const { code = '' } = await compilePage(glance('<GlanceRow claim="size-is-positive" />'), {
      claims: { verdict },
    });
    expect(code.match(new RegExp(`<GlanceRow[^>]*>\\{"${sentence}"\\}`))).not.toBeNull();
  });
}

test('words of its own stay', async () => {
  const { code = '' } = await compilePage(glance('<GlanceRow claim="size-is-positive">Width</GlanceRow>'));
  expect(code).toMatch(/<GlanceRow[^>]*>\{"Width"\}/);
});
