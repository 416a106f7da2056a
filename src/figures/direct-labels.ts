/** Names at the ends of lines, in place of a legend: written where the drawing put the ends. */
import { measureText } from './measure-text.ts';
import { spreadLabels } from './spread-labels.ts';
import { axisColour, ink } from './theme.ts';

/**
 * What a specification's `usermeta.directLabels` asks for: the field that names a line, or a name for each stroke; at the
 * end of a line, or at its start, where the scale of x has to leave room.
 */
export interface DirectLabels {
  readonly field?: string;
  /** Stroke -> name. */
  readonly strokes?: Readonly<Record<string, string>>;
  /** What is printed for values of the field. */
  readonly names?: Readonly<Record<string, string>>;
  readonly at?: 'start' | 'end';
}

/** A mark of Vega's scene graph, as far as it is looked at here. */
export interface SceneItem {
  readonly marktype?: string;
  readonly items?: readonly SceneItem[];
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
  readonly stroke?: string;
  /** False where a line breaks off. */
  readonly defined?: boolean;
  readonly datum?: Readonly<Record<string, unknown>>;
}

interface Label {
  readonly text: string;
  readonly colour: string;
  readonly x: number;
  readonly y: number;
}

interface Line {
  readonly points: readonly SceneItem[];
  readonly left: number;
  readonly top: number;
  readonly height: number;
}

const fontSize = 12;
const gap = 8;

/** All lines below an item, each with where its plot begins. */
const linesOf = (item: SceneItem, left: number, top: number, height: number): readonly Line[] => {
  if (item.marktype === 'line') return [{ points: item.items ?? [], left, top, height }];
  const isGroup = item.marktype === undefined && item.items !== undefined;
  const [x, y] = isGroup ? [left + (item.x ?? 0), top + (item.y ?? 0)] : [left, top];
  return (item.items ?? []).flatMap((inner) =>
    linesOf(inner, x, y, isGroup ? (item.height ?? height) : height),
  );
};

const nameOf = (point: SceneItem, { field, strokes, names }: DirectLabels): string | undefined => {
  if (strokes) return strokes[point.stroke ?? ''];
  const value = field === undefined ? undefined : point.datum?.[field];
  return value === undefined || value === null ? undefined : (names?.[String(value)] ?? String(value));
};

/** Each name once, where the last of its lines ends. */
const labelsOf = (
  scene: SceneItem,
  asked: DirectLabels,
): readonly (Label & Pick<Line, 'top' | 'height'>)[] => {
  const labels = new Map<string, Label & Pick<Line, 'top' | 'height'>>();
  for (const { points, left, top, height } of linesOf(scene, 0, 0, 0)) {
    const point = asked.at === 'start' ? points[0] : points.at(-1);
    const text = point && nameOf(point, asked);
    if (!point || text === undefined) continue;
    const label = {
      text,
      // Grey enough for a line is too pale for text.
      colour: point.stroke === undefined || point.stroke === axisColour ? ink : point.stroke,
      x: left + (point.x ?? 0),
      y: top + (point.y ?? 0),
      top,
      height,
    };
    labels.set(`${top} ${left} ${text}`, label);
  }
  return [...labels.values()];
};

/** Room in pixels to the right of the plot for all names. At the start of lines an axis stands: there the scale has the room. */
export const labelRoom = (scene: SceneItem, asked: DirectLabels): number => {
  if (asked.at === 'start') return 0;
  const widths = labelsOf(scene, asked).map(({ text }) => measureText(text, fontSize));
  return widths.length === 0 ? 0 : Math.ceil(Math.max(...widths)) + gap;
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/**
 * @param svg of the scene
 * @param origin of the scene in the SVG
 */
export const withDirectLabels = (
  svg: string,
  scene: SceneItem,
  asked: DirectLabels,
  origin: readonly [number, number],
): string => {
  const labels = labelsOf(scene, asked);
  const places = spreadLabels(
    labels.map(({ y }) => y),
    Math.min(...labels.map(({ top }) => top)),
    Math.max(0, ...labels.map(({ top, height }) => top + height)),
  );
  const [side, anchor] = asked.at === 'start' ? [-gap, 'end'] : [gap, 'start'];
  const texts = labels.map(
    ({ text, colour, x }, at) =>
      `<text x="${(origin[0] + x + side).toFixed(1)}" y="${(origin[1] + places[at]! + 4).toFixed(1)}" text-anchor="${anchor}" font-size="${fontSize}px" fill="${escaped(colour)}">${escaped(text)}</text>`,
  );
  return svg.replace(/<\/svg>\s*$/, `${texts.join('')}</svg>`);
};
