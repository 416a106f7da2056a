/**
 * A figure's drawings, each a file beside the page that takes the page's colours and font where it is used: a page holds
 * none of them, and is there sooner.
 */
import { sha256 } from '../../engine/stage/index.ts';
import type { DrawnFigure } from '../../figures/draw-figure.ts';
import { siteBase } from '../site-base.ts';

/** What a file calls what it draws. */
const drawn = 'drawing';

/** @param svg of one root */
export const drawingFile = (svg: string): string =>
  svg.replace(/^(<svg[^>]*>)([\s\S]*)<\/svg>$/, `$1<g id="${drawn}">$2</g></svg>`);

/** Of the widths a page shows one: text scaled down to a phone could not be read. */
export const drawingsHtml = (paper: string, { id, drawings }: DrawnFigure): string =>
  Object.entries(drawings)
    .map(([place, svg]) => {
      // Browsers may keep a file as long as they like: another drawing has another address.
      const file = `${siteBase}/${paper}/figures/${id}.${place}.svg?${sha256(svg).slice(0, 8)}`;
      return svg.replace(
        /^<svg([^>]*)>[\s\S]*$/,
        `<svg class="for-${place}" aria-hidden="true" focusable="false"$1><use href="${file}#${drawn}"/></svg>`,
      );
    })
    .join('');
