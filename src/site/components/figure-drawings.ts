/**
 * A figure's drawings, in a file beside the page that takes the page's colours and font where it is used: a page holds
 * none of them, and is there sooner.
 */
import { sha256 } from '../../engine/stage/index.ts';
import type { DrawnFigure } from '../../figures/draw-figure.ts';
import { siteBase } from '../site-base.ts';

/** A figure's drawings in one file, each by the name of its place: what is drawn in one has no name of another's. */
export const drawingFile = ({ drawings }: Pick<DrawnFigure, 'drawings'>): string =>
  `<svg xmlns="http://www.w3.org/2000/svg">${Object.entries(drawings)
    .map(([place, svg]) => svg.replace(/^<svg[^>]*>([\s\S]*)<\/svg>$/, `<g id="${place}">$1</g>`))
    .join('')}</svg>`;

/** Of the widths a page shows one: text scaled down to a phone could not be read. */
export const drawingsHtml = (paper: string, figure: DrawnFigure): string => {
  // Browsers may keep a file as long as they like: another drawing has another address.
  const digest = sha256(drawingFile(figure)).slice(0, 8);
  const file = `${siteBase}/${paper}/figures/${figure.id}.svg?${digest}`;
  return Object.entries(figure.drawings)
    .map(([place, svg]) =>
      svg.replace(
        /^<svg([^>]*)>[\s\S]*$/,
        `<svg class="for-${place}" aria-hidden="true" focusable="false"$1><use href="${file}#${place}"/></svg>`,
      ),
    )
    .join('');
};
