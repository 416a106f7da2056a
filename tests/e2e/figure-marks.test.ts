/**
 * Whether drawings are whole. What a figure draws, its data and its form, is held to what was accepted (`diff`); here, that
 * what was drawn of it is there to be seen.
 */
import { expect, test } from '@playwright/test';
import { addressesOf, builtPapers, openMarkup } from './built-paper.ts';
import { drawInPage } from './draw-in-page.ts';

/** Runs in the page. @returns one line a fault */
const drawingFaults = (drawings: Element[]): readonly string[] =>
  drawings.flatMap((svg) => {
    const name = `${svg.closest('figure')?.id ?? 'a drawing'} ${svg.getAttribute('class')}`;
    const frame = svg.getBoundingClientRect();
    const marks = [...svg.querySelectorAll(':is(.role-mark, .role-mark *):is(path, line, rect, text)')];
    const unplaced = marks.filter((mark) =>
      mark.getAttributeNames().some((key) => /NaN|undefined|Infinity/.test(mark.getAttribute(key) ?? '')),
    );
    const outside = marks.filter((mark) => {
      const { left, right, top, bottom } = mark.getBoundingClientRect();
      const isOut =
        left < frame.left - 1 || right > frame.right + 1 || top < frame.top - 1 || bottom > frame.bottom + 1;
      // What a figure cuts off on purpose has its place beyond the frame.
      return isOut && mark.tagName !== 'text' && mark.closest('[clip-path]') === null;
    });
    return [
      ...(marks.length === 0 ? [`${name} has no mark`] : []),
      ...(frame.width < 100 || frame.height < 20 ? [`${name} is ${frame.width} by ${frame.height}`] : []),
      ...unplaced.map((mark) => `${name}: no place for ${mark.outerHTML.slice(0, 120)}`),
      ...outside.map((mark) => `${name}: beyond its frame: ${mark.outerHTML.slice(0, 120)}`),
    ];
  });

for (const paper of builtPapers) {
  test(`every drawing of ${paper} has its marks, each at a place within its frame`, async ({ page }) => {
    let drawn = 0;
    for (const address of addressesOf(paper)) {
      await openMarkup(page, address);
      await drawInPage(page);
      const drawings = page.locator('figure.plot .scroll > svg');
      drawn += await drawings.count();
      expect(await drawings.evaluateAll(drawingFaults), address).toEqual([]);
    }
    expect(drawn).toBeGreaterThan(0);
  });
}

test('in a reader’s own colours the grid is another than what chance gives, and no stronger', async ({
  page,
}) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ forcedColors: 'active', colorScheme });
    await page.goto(`/${builtPapers[0]}/`);
    const distance = await page.evaluate(() => {
      const canvas = document.createElement('canvas').getContext('2d', { colorSpace: 'srgb' })!;
      const pixel = (colour: string): readonly number[] => {
        const probe = document.body.appendChild(document.createElement('i'));
        probe.style.cssText = `forced-color-adjust: none; color: ${colour}`;
        canvas.fillStyle = getComputedStyle(probe).color;
        probe.remove();
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
      };
      const ground = pixel('Canvas');
      const from = (colour: string): number =>
        Math.hypot(...pixel(colour).map((part, at) => part - ground[at]!));
      return { grid: from('var(--fig-grid)'), chance: from('var(--fig-null)') };
    });
    expect(distance.grid).toBeGreaterThan(0);
    expect(distance.grid).toBeLessThan(distance.chance / 2);
  }
});
