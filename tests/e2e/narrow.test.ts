/** WCAG 1.4.10: on 320 pixels nothing but tables, figures and code needs scrolling to the side. */
import { readdirSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { builtPapers } from './built-paper.ts';

const addresses = readdirSync('dist', { recursive: true, encoding: 'utf8' })
  .filter((file) => /(^|\/)index\.html$/.test(file))
  .map((file) => `/${file.replace(/index\.html$/, '')}`);

const widths = [320, 390];

/** Frames that stand in one page at a time: a page for each address would cost several times as much. */
const atOnce = 12;

test('no page is wider than a phone', async ({ browser, baseURL }) => {
  test.slow();
  // The pages' own policy lets them hold no frame.
  const page = await browser.newPage({
    bypassCSP: true,
    ...(baseURL ? { baseURL } : {}),
  });
  await page.goto('/');
  const measured: { readonly address: string; readonly width: number; readonly found: number }[] = [];
  for (let from = 0; from < addresses.length; from += atOnce) {
    const found = await page.evaluate(
      async ([some, each]) => {
        const frames = some.map((address) => {
          const frame = document.createElement('iframe');
          Object.assign(frame, {
            src: address,
            width: String(each[0]),
            height: '844',
            // Without scripts.
            sandbox: 'allow-same-origin',
          });
          frame.style.border = '0';
          return frame;
        });
        const opened = frames.map(
          (frame) => new Promise((resolve) => frame.addEventListener('load', resolve)),
        );
        document.body.replaceChildren(...frames);
        await Promise.all(opened);
        return each.flatMap((width) => {
          for (const frame of frames) frame.width = String(width);
          return frames.map(({ contentDocument }, at) => {
            const { scrollWidth, clientWidth } = contentDocument!.documentElement;
            if (clientWidth !== width) throw new Error(`a frame of ${width} pixels has ${clientWidth}`);
            return { address: some[at]!, width, found: scrollWidth };
          });
        });
      },
      [addresses.slice(from, from + atOnce), widths] as const,
    );
    measured.push(...found);
  }
  expect(addresses.length).toBeGreaterThan(0);
  expect(measured.length).toBe(addresses.length * widths.length);
  expect(
    measured
      .filter(({ width, found }) => found > width)
      .map(({ address, width, found }) => `${address} is ${found} wide on ${width} pixels`),
  ).toEqual([]);
  await page.close();
});

test('on a phone what changed has the whole width, part under part', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 844 });
  let nRows = 0;
  for (const paper of builtPapers) {
    await page.goto(`/${paper}/changes/`);
    const shares = await page.locator('table.changes tbody tr').evaluateAll((rows) =>
      rows.flatMap((row) => {
        const { clientWidth } = document.querySelector('main p')!;
        return [row.firstElementChild, row.lastElementChild].map((cell) => cell!.clientWidth / clientWidth);
      }),
    );
    nRows += shares.length;
    expect(shares.filter((share) => share < 0.95)).toEqual([]);
  }
  test.skip(nRows === 0, 'no paper tells a change');
});
