import { expect, test } from 'vitest';
import { lightDrawing } from '../../../../../src/site/cards/light-drawing.ts';
import { shareCard } from '../../../../../src/site/cards/share-card.ts';

const face = { title: 'A title & <more>', summary: 'What was found.', authors: ['A. Author'] };
/** Width and height of a PNG, from its header. */
const sizeOf = (png: Uint8Array): readonly number[] => {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
};
const drawing =
  '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" viewBox="0 0 200 100"><rect width="200" height="100" fill="var(--series-1)"/></svg>';

test('a card is a picture of the size that is expected, the same each time', async () => {
  const card = await shareCard(face);
  expect(sizeOf(card)).toEqual([1200, 630]);
  expect(Buffer.from(await shareCard(face)).equals(Buffer.from(card))).toBe(true);
});

test('its figure is on it, and a title of any length leaves it room', async () => {
  const without = await shareCard(face);
  const withFigure = await shareCard({ ...face, title: 'long '.repeat(200), drawing });
  expect(sizeOf(withFigure)).toEqual([1200, 630]);
  expect(Buffer.from(withFigure).equals(Buffer.from(without))).toBe(false);
});

test('a drawing that stands alone names no variable of the page', () => {
  const alone = lightDrawing(drawing, 'Family');
  expect(alone).not.toContain('var(');
  expect(alone).toMatch(/fill="#[0-9a-f]{6}"/);
});
