import { readFileSync } from 'node:fs';

const styles = (): string => readFileSync(new URL('../styles/figures.css', import.meta.url), 'utf8');

/** A figure's colours on paper and in pictures: those of the light theme, by the name of their variable. */
const lightColours = (): ReadonlyMap<string, string> =>
  new Map(
    [...styles().matchAll(/--([\w-]+):\s*light-dark\((#[0-9a-f]+),/gi)].map(([, name = '', colour = '']) => [
      name,
      colour,
    ]),
  );

/**
 * A drawing that stands alone: its variables as the colours that they are in the light theme.
 *
 * @param font the family that its text is set in
 */
export const lightDrawing = (svg: string, font: string): string => {
  const colours = lightColours();
  return svg
    .replace(/var\(--([\w-]+)\)/g, (whole, name: string) => colours.get(name) ?? whole)
    .replace(/ font-family="[^"]*"/g, '')
    .replace(/^<svg/, `<svg font-family="${font}"`);
};
