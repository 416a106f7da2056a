import { expect, test } from 'vitest';
import { drawingFile, drawingsHtml } from '../../../../../src/site/components/figure-drawings.ts';

const drawn = (column: string) => ({
  id: 'waves',
  drawings: {
    column: `<svg width="640" height="20" viewBox="0 0 640 20">${column}</svg>`,
    phone: '<svg width="340" height="30" viewBox="0 0 340 30"><g><path d="M0 1"/></g></svg>',
  },
});

const htmlOf = (column: string): string =>
  drawingsHtml('tiny', drawn(column) as unknown as Parameters<typeof drawingsHtml>[1]);

test('a file has each drawing by the name of its place, and a page the frames that show them', () => {
  expect(drawingFile(drawn('<path d="M0 0"/>') as unknown as Parameters<typeof drawingFile>[0])).toBe(
    '<svg xmlns="http://www.w3.org/2000/svg"><g id="column"><path d="M0 0"/></g><g id="phone"><g><path d="M0 1"/></g></g></svg>',
  );
  expect(htmlOf('<path d="M0 0"/>')).toMatch(
    /^<svg class="for-column" aria-hidden="true" focusable="false" width="640" height="20" viewBox="0 0 640 20"><use href="\S*\/tiny\/figures\/waves\.svg\?[\da-f]{8}#column"\/><\/svg><svg class="for-phone"[^>]* height="30"[^>]*><use href="\S*#phone"\/><\/svg>$/,
  );
});

test('another drawing has another address, since browsers keep a file as long as they like', () => {
  expect(htmlOf('<path d="M0 0"/>')).not.toBe(htmlOf('<path d="M0 2"/>'));
});
