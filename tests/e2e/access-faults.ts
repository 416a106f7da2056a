/** What axe finds wrong on a page, and what it leaves undecided of contrast, which is then measured here. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { paintedContrasts } from './painted-contrasts.ts';

/**
 * axe looks at a single character and at a symbol too when it is told to. It leaves open what a root or an accent of a
 * formula lies over, or a drawing that is cut off at its frame, whose boxes are larger than what is drawn of them, and what
 * an exploration draws once a reader asked: those are brought into view and measured by what is painted below them. Nothing
 * else may be left open.
 */
const everyText: Parameters<AxeBuilder['options']>[0] & { readonly checks: object } = {
  checks: { 'color-contrast': { options: { ignoreLength: true, ignoreUnicode: false } } },
};

/** Text of an exploration's drawing, one that has a root or an accent in its line, or one below the box of a drawing. */
const mayBeOpen = (page: Page, selector: string): Promise<boolean> =>
  page
    .locator(selector)
    .first()
    .evaluate((node) => {
      const own = node.getBoundingClientRect();
      const isBelow = (drawing: Element): boolean => {
        const box = drawing.getBoundingClientRect();
        return box.top < own.bottom && box.bottom > own.top && box.left < own.right && box.right > own.left;
      };
      return (
        node.closest('.explore svg') !== null ||
        node
          .closest('p, li, h2, th, td, figcaption, .equation')
          ?.querySelector('.katex :is(.hide-tail, .accent)') != null ||
        [...document.querySelectorAll('.plot use')].some(isBelow)
      );
    });

/** WCAG 2.2, 1.4.3. */
const leastOfText = 4.5;

/**
 * The pages hold no frames, whose results alone would want a page of their own to be joined in; and of what is well
 * nobody asks, so that no selector is sought for it.
 *
 * @param rules all of axe's unless given
 */
const judge = (page: Page, within: string, rules?: readonly string[]) =>
  new AxeBuilder({ page })
    .setLegacyMode()
    .options({
      ...everyText,
      resultTypes: ['violations', 'incomplete'],
      ...(rules ? { runOnly: { type: 'rule', values: [...rules] } } : {}),
    })
    .include(within)
    .analyze();

type Violations = Awaited<ReturnType<typeof judge>>['violations'];

const linesOf = (violations: Violations): readonly string[] =>
  violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));

const faultsBy = async (
  page: Page,
  within: string,
  rules?: readonly string[],
): Promise<readonly string[]> => {
  // What stays in place while a page scrolls is judged where the page begins.
  await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
  const { violations, incomplete } = await judge(page, within, rules);
  const undecided = incomplete
    .filter(({ id }) => id.startsWith('color-contrast'))
    .flatMap(({ nodes }) => nodes.map(({ target, html }) => ({ selector: String(target[0]), html })));
  const measured = await paintedContrasts(
    page,
    undecided.map(({ selector }) => selector),
  );
  const isExplained = await Promise.all(undecided.map(({ selector }) => mayBeOpen(page, selector)));
  return [
    ...linesOf(violations),
    ...measured.flatMap((contrast, at) =>
      isExplained[at] && contrast !== null && contrast >= leastOfText
        ? []
        : [`contrast ${contrast?.toFixed(2) ?? 'undecided'}: ${undecided[at]?.html}`],
    ),
  ];
};

/** @returns one line a fault, as `rule: element`; none where all is well and decided */
export const accessFaults = (page: Page, within = 'html'): Promise<readonly string[]> =>
  faultsBy(page, within);

/** Of these, what other colours can change. */
export const contrastFaults = (page: Page, within = 'html'): Promise<readonly string[]> =>
  faultsBy(page, within, ['color-contrast']);

/** Of the highest grade, as a reader asks for it who wants more contrast. WCAG 2.2, 1.4.6. */
export const enhancedContrastFaults = async (page: Page): Promise<readonly string[]> =>
  linesOf((await judge(page, 'html', ['color-contrast-enhanced'])).violations);
