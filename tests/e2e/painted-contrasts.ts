import type { Page } from '@playwright/test';
import { contrast, type Rgb } from './contrast.ts';

/**
 * The contrast of each piece of text with what is painted below its middle: fills of shapes and grounds of boxes, the
 * upper over the lower. A line that crosses a text is no ground of it.
 *
 * @param selectors of elements with text
 * @returns ratio in [1, 21], in the order of the selectors; null for what is covered, or has an image or a gradient below
 * it
 */
export const paintedContrasts = async (
  page: Page,
  selectors: readonly string[],
): Promise<readonly (number | null)[]> => {
  const pairs = await page.evaluate((wanted) => {
    type Colour = readonly [red: number, green: number, blue: number, alpha: number];
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    if (!canvas) throw new Error('no canvas to read colours by');
    const colourOf = (css: string, opacity: number): Colour => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = css;
      canvas.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
      return [red, green, blue, (alpha / 255) * opacity];
    };
    const over = (upper: Colour, lower: Colour): Colour => {
      const mix = (at: 0 | 1 | 2): number => upper[at] * upper[3] + lower[at] * (1 - upper[3]);
      return [mix(0), mix(1), mix(2), 1];
    };
    /** Of an element and of all that hold it. */
    const opacityOf = (element: Element): number => {
      let opacity = 1;
      for (let at: Element | null = element; at; at = at.parentElement)
        opacity *= Number(getComputedStyle(at).opacity);
      return opacity;
    };
    const isDrawn = (element: Element): boolean => element instanceof SVGElement;
    const painted = (element: Element): Colour => {
      const { fill, fillOpacity, backgroundColor } = getComputedStyle(element);
      if (!isDrawn(element)) return colourOf(backgroundColor, opacityOf(element));
      const isShape = element instanceof SVGGeometryElement && fill !== 'none';
      return isShape ? colourOf(fill, Number(fillOpacity) * opacityOf(element)) : [0, 0, 0, 0];
    };
    const hasImage = (element: Element): boolean =>
      element.matches('img, canvas, video') ||
      (!isDrawn(element) && getComputedStyle(element).backgroundImage !== 'none');

    // Vega keeps its marks from the pointer, and so from what asks where a point lies.
    const reach = new CSSStyleSheet();
    reach.replaceSync('* { pointer-events: auto !important; } svg * { pointer-events: all !important; }');
    document.adoptedStyleSheets.push(reach);
    const found = wanted.map((selector) => {
      const text = document.querySelector(selector);
      if (!text) return null;
      text.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
      // Text that breaks over lines has nothing of itself in the middle of the whole.
      const box = text.getClientRects()[0] ?? text.getBoundingClientRect();
      const stack = document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      const from = stack.findIndex((element) => element === text || text.contains(element));
      if (from < 0) return null;
      const isApart = (element: Element): boolean => element !== text && !text.contains(element);
      const below = stack.slice(from).filter(isApart);
      if (stack.slice(0, from).some((element) => painted(element)[3] > 0) || below.some(hasImage))
        return null;
      const white: Colour = [255, 255, 255, 1];
      const ground = below.map(painted).reduceRight((lower, upper) => over(upper, lower), white);
      const { fill, fillOpacity, color } = getComputedStyle(text);
      const ink = isDrawn(text)
        ? colourOf(fill, Number(fillOpacity) * opacityOf(text))
        : colourOf(color, opacityOf(text));
      return [over(ink, ground), ground] as const;
    });
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== reach);
    return found;
  }, selectors);
  const rgb = ([red, green, blue]: readonly [number, number, number, number]): Rgb => [red, green, blue];
  return pairs.map((pair) => pair && contrast(rgb(pair[0]), rgb(pair[1])));
};
