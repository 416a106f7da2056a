/** Contrast within drawings, which axe does not see. WCAG 2.2, 1.4.3 and 1.4.11. */
import type { Page } from '@playwright/test';
import { contrast, type Rgb } from './contrast.ts';
import { drawInPage } from './draw-in-page.ts';
import { paintedContrasts } from './painted-contrasts.ts';

const [leastOfText, leastOfLines] = [4.5, 3];

/**
 * Draws them in the page itself, then measures each piece of text with what is painted below it; the colour of each line, edge and point at full strength with the
 * page's ground. What is drawn faint stands behind a line that carries the same.
 *
 * @returns one line a fault; none where all can be told
 */
export const figureFaults = async (page: Page): Promise<readonly string[]> => {
  await drawInPage(page);
  const texts = await page.locator('svg text').evaluateAll((nodes) =>
    nodes
      .filter((node) => node.checkVisibility() && node.textContent?.trim() !== '')
      .map((node, at) => {
        node.setAttribute('data-text', String(at));
        return node.textContent ?? '';
      }),
  );
  const contrasts = await paintedContrasts(
    page,
    texts.map((_, at) => `[data-text="${at}"]`),
  );
  const { ground, lines } = await page.evaluate(() => {
    const probe = document.createElement('span');
    document.body.append(probe);
    const rgb = (value: string): Rgb => {
      probe.style.color = value;
      const [red = 0, green = 0, blue = 0] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? []).map(
        Number,
      );
      return [red, green, blue];
    };
    // What parts of a drawing share stands at their group; an opacity of a group is none of its parts'.
    const inherited = (node: Element, name: string) => node.closest(`[${name}]`)?.getAttribute(name);
    const drawn = [...document.querySelectorAll('svg :is(.role-mark, .role-mark *):is(path, line)')].filter(
      (node) =>
        Number(inherited(node, 'stroke-opacity') ?? '1') === 1 &&
        node.closest('[opacity]:not([opacity="1"])') === null,
    );
    const strokes = new Set(
      drawn.flatMap((node) => inherited(node, 'stroke') ?? []).filter((stroke) => stroke.startsWith('var(')),
    );
    const lines = [...strokes].map((stroke) => [stroke, rgb(stroke)] as const);
    const ground = rgb('var(--ground)');
    probe.remove();
    return { ground, lines };
  });
  return [
    ...texts.flatMap((text, at) => {
      const found = contrasts[at] ?? null;
      return found !== null && found >= leastOfText
        ? []
        : [`text ‘${text}’: ${found?.toFixed(2) ?? 'undecided'}`];
    }),
    ...lines
      .filter(([, colour]) => contrast(colour, ground) < leastOfLines)
      .map(([stroke, colour]) => `${stroke}: ${contrast(colour, ground).toFixed(2)}`),
  ];
};
