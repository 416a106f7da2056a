import type { View } from '../../../explore/view.ts';

export type MapView = Extract<View, { kind: 'map' }>;
type Colour = readonly [red: number, green: number, blue: number];

/** A variable of the style sheet as the theme at hand resolves it. */
const resolved = (probe: HTMLElement, variable: string): Colour => {
  probe.style.color = `var(${variable})`;
  const [red = 0, green = 0, blue = 0] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? []).map(Number);
  probe.style.color = '';
  return [red, green, blue];
};

const between = (from: Colour, to: Colour, share: number): Colour => [
  from[0] + share * (to[0] - from[0]),
  from[1] + share * (to[1] - from[1]),
  from[2] + share * (to[2] - from[2]),
];

/** Whether an entry is one: above the diagonal of a causal map there is none. */
export const isEntry = ({ isCausal }: MapView, row: number, column: number): boolean =>
  !isCausal || column <= row;

/** The size at which colours end: one for shares; else that which one entry in 200 exceeds. */
export const colourLimit = ({ scale, values }: MapView): number => {
  if (scale === 'share') return 1;
  const sizes = Float64Array.from(values, Math.abs).sort();
  return sizes[Math.floor(0.995 * (sizes.length - 1))] || (sizes.at(-1) ?? 0) || 1;
};

/** A map's entries as the pixels of an image, one each. */
export const mapPixels = (view: MapView, limit: number, probe: HTMLElement): ImageData => {
  const { rows, cols, values } = view;
  const [zero, positive, negative] = ['--map-zero', '--map-positive', '--map-negative'].map((variable) =>
    resolved(probe, variable),
  ) as [Colour, Colour, Colour];
  const image = new ImageData(cols, rows);
  values.forEach((value, at) => {
    if (!isEntry(view, Math.floor(at / cols), at % cols)) return;
    const size = Math.min(1, Math.abs(value) / limit);
    image.data.set([...between(zero, value < 0 ? negative : positive, size), 255], 4 * at);
  });
  return image;
};
