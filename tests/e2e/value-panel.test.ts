import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { builtPapers } from './built-paper.ts';

for (const paper of builtPapers) {
  const tables = readdirSync(`dist/${paper}/tables`).filter((name) => name.endsWith('.json'));

  test(`the panels of ${paper} print formulas, real minus signs and powers, and nothing twice`, async ({
    page,
  }) => {
    test.setTimeout(120_000);
    // A panel is filled from its table's JSON alone: one page opens those of all tables.
    await page.goto(`/${paper}/tables/${tables[0]?.replace(/\.json$/, '')}/`);
    const panel = page.locator('.value-panel');
    let opened = 0;
    for (const file of tables) {
      const id = file.replace(/\.json$/, '');
      const { title, claims } = JSON.parse(readFileSync(`dist/${paper}/tables/${file}`, 'utf8'));
      const isPrinted = await page.evaluate(async (address) => {
        const html = await (await fetch(address)).text();
        const number = new DOMParser()
          .parseFromString(html, 'text/html')
          .querySelector<HTMLElement>('[data-table] td [data-value]');
        if (!number) return false;
        document.querySelector('main')?.prepend(number);
        number.click();
        return true;
      }, `/${paper}/tables/${id}/`);
      if (!isPrinted) continue;
      opened += 1;
      await expect(panel.locator('h2')).toBeVisible();
      // What a reader sees: neither the words for a voice nor the source of a formula, nor what stands as code.
      const text = await panel.evaluate((of) => {
        const copy = of.cloneNode(true) as Element;
        for (const gone of copy.querySelectorAll('.visually-hidden, .katex-mathml, code, pre')) gone.remove();
        return copy.textContent ?? '';
      });
      expect(text, title).not.toMatch(/\$|\\[a-z]|mathrm|Vert/);
      expect(text, title).not.toMatch(/\d[eE][+-]?\d|(^|[\s(])-\d/);
      expect(text, title).not.toMatch(/\b[01] times\b/);
      const terms = await panel.locator('dt').allTextContents();
      expect(new Set(terms).size, title).toBe(terms.length);
      expect(terms).toContain('In');
      expect(await panel.locator('dd li a').count()).toBeGreaterThanOrEqual(claims.length);
    }
    expect(opened).toBeGreaterThan(0);
  });
}
