/** What the home page and the page of changes say of each paper. */
import { expect, test } from '@playwright/test';
import { builtPapers, resultsOf } from './built-paper.ts';

test('the home page counts the claims of each paper by their verdicts', async ({ page }) => {
  await page.goto('/');
  for (const article of await page.locator('main article').all()) {
    const href = (await article.locator('h2 a').getAttribute('href')) ?? '';
    const { claims } = resultsOf(href.split('/').at(-2) ?? '');
    const count = (verdict: string): number =>
      Object.values(claims).filter((claim) => claim.verdict === verdict).length;
    const said = (await article.innerText()).replace(/\s+/g, ' ');
    const total = Object.keys(claims).length;
    if (total === 0) continue;
    expect(said).toContain(`${total} claim`);
    // A paper's own words may speak of claims before.
    const state = said.slice(said.indexOf(`${total} claim`));
    // What fails is a predicate, never a sentence that is printed.
    expect(state).toMatch(
      /^\d+ claims?: \d+ predicates? [^;]+; (?:each|it) prints the sentence of its verdict\./,
    );
    for (const [verdict, words] of [
      ['holds', 'hold'],
      ['fails', 'fail'],
      ['undecided', 'undecided'],
    ] as const) {
      const number = count(verdict);
      const found = new RegExp(`(\\d+) (?:predicates? )?(?:is |are )?${words}`).exec(state)?.[1];
      expect(Number(found ?? 0), `${href} ${verdict}`).toBe(number);
    }
  }
});

test('an answer on the home page is the sentence of a claim, as its verdict has it', async ({ page }) => {
  await page.goto('/');
  const sentences = builtPapers
    .flatMap((paper) => Object.values(resultsOf(paper).claims))
    .map(({ sentence }) => (sentence ?? '').replaceAll('$', ''));
  for (const answer of await page.locator('.answer').allInnerTexts())
    if (!/[\\{]/.test(answer)) expect(sentences).toContain(answer.trim());
});

for (const paper of builtPapers) {
  test(`a page tells what changed of ${paper}, and its links lead somewhere`, async ({ page, request }) => {
    await page.goto(`/${paper}/changes/`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('What changed');
    const hrefs = await page
      .locator('main a[href^="/"]')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    for (const href of new Set(hrefs)) expect((await request.get(href)).status(), href).toBe(200);
  });
}
