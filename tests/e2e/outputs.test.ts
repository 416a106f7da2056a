import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { addressesOf, builtPapers, openMarkup } from './built-paper.ts';

const json = (paper: string, path: string) => JSON.parse(readFileSync(`dist/${paper}/${path}`, 'utf8'));

for (const paper of builtPapers) {
  test(`every table of ${paper} is published as CSV and JSON with the numbers of results.json`, () => {
    for (const [id, table] of Object.entries(json(paper, 'results.json').tables) as [
      string,
      { rows: object[]; key: string },
    ][]) {
      expect(json(paper, `tables/${id}.json`).rows).toEqual(table.rows);
      const lines = readFileSync(`dist/${paper}/tables/${id}.csv`, 'utf8').trimEnd().split('\r\n');
      expect(lines.length).toBe(table.rows.length + 1);
      expect(table.key).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  test(`provenance of ${paper} names every stage, its key and its code`, () => {
    const stages = Object.values(json(paper, 'provenance.json').stages) as {
      readonly key: string;
      readonly code: { readonly files: readonly string[] };
    }[];
    expect(stages.length).toBeGreaterThan(0);
    for (const { key, code } of stages) {
      expect(key).toMatch(/^[0-9a-f]{64}$/);
      expect(code.files.length).toBeGreaterThan(0);
    }
  });
}

for (const paper of builtPapers) {
  test(`size and SHA-256 of each file that ${paper} offers are on its page, in its metadata and in its crate`, async ({
    page,
  }) => {
    await openMarkup(page, `/${paper}/`);
    const offered = await page
      .locator('.files a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    expect(offered).toContain('results.json');
    const lines = ((await page.locator('.digests pre').textContent()) ?? '').split('\n');
    expect(lines.length).toBe(offered.length);
    const { associatedMedia } = JSON.parse(
      (await page.locator('script[type="application/ld+json"]').textContent()) ?? '',
    );
    const crate = json(paper, 'ro-crate-metadata.json')['@graph'] as readonly Record<string, unknown>[];
    for (const [at, path] of offered.entries()) {
      const file = `dist/${paper}/${path}`;
      const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
      const contentSize = String(statSync(file).size);
      expect(lines[at]).toBe(`${sha256}  ${path}`);
      expect(crate.find(({ name }) => name === path)).toMatchObject({ sha256, contentSize });
      if (path === 'CITATION.cff') continue;
      expect(associatedMedia[at]).toMatchObject({ sha256, contentSize });
    }
    expect(await page.content()).not.toMatch(/\{\{\w+ of /);
  });

  test(`each page of ${paper} gives reference managers the paper`, async ({ page }) => {
    const titles = new Set<string | null>();
    for (const address of addressesOf(paper)) {
      await openMarkup(page, address);
      titles.add(await page.locator('meta[name="citation_title"]').getAttribute('content'));
      const described = JSON.parse(
        (await page.locator('script[type="application/ld+json"]').textContent()) ?? '',
      );
      const whole = described.isPartOf ?? described;
      expect([whole['@type'], whole.url.endsWith(`/${paper}/`)], address).toEqual(['ScholarlyArticle', true]);
    }
    expect(titles.size).toBe(1);
  });
}
