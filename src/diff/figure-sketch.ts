import { sha256 } from '../engine/stage/index.ts';

/** The numbers of one field in a few that noise does not move. */
export interface FieldSketch {
  readonly count: number;
  /** Sum of |x|: the unit in which sums are compared. */
  readonly size: number;
  /** Sums of w x in order: w = 1, the place, and a fixed pattern of signs. */
  readonly sums: readonly [number, number, number];
}

/**
 * A figure's data: rounded points would cross boundaries now and then on another machine, and all points would be a
 * file of their own.
 */
export interface FigureSketch {
  /** Digest of the specification with every number taken out: marks, words, fields, how many points. */
  readonly form: string;
  readonly fields: Readonly<Record<string, FieldSketch>>;
}

/** Digits that a sum is kept with. */
const keptDigits = 9;
const kept = (x: number): number => Number(x.toPrecision(keptDigits));

/** Sorts numbers by the name of the member that they are; what is left is the form. */
const takeNumbers = (value: unknown, name: string, numbers: Map<string, number[]>): unknown => {
  if (typeof value === 'number') {
    const ofName = numbers.get(name);
    if (ofName) ofName.push(value);
    else numbers.set(name, [value]);
    return 0;
  }
  if (Array.isArray(value)) return value.map((member) => takeNumbers(member, name, numbers));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([inner, member]) => [inner, takeNumbers(member, inner, numbers)]),
  );
};

/** A sign for each place, without a period that data could have. */
const signAt = (place: number): number => (Math.imul(place + 1, 0x9e3779b1) < 0 ? -1 : 1);

const sketchField = (numbers: readonly number[]): FieldSketch => {
  const sum = (weight: (place: number) => number): number =>
    kept(numbers.reduce((total, x, place) => total + weight(place) * x, 0));
  return {
    count: numbers.length,
    size: kept(numbers.reduce((total, x) => total + Math.abs(x), 0)),
    sums: [sum(() => 1), sum((place) => (place + 1) / numbers.length), sum(signAt)],
  };
};

export const sketchFigure = (specification: unknown): FigureSketch => {
  const numbers = new Map<string, number[]>();
  const form = sha256(JSON.stringify(takeNumbers(specification, '', numbers))).slice(0, 16);
  return {
    form,
    fields: Object.fromEntries([...numbers].map(([name, ofName]) => [name, sketchField(ofName)])),
  };
};

const fieldsAgree = (a: FieldSketch | undefined, b: FieldSketch | undefined, tolerance: number): boolean =>
  a?.count === b?.count &&
  (!a ||
    !b ||
    a.sums.every((sum, at) => Math.abs(sum - b.sums[at]!) <= tolerance * Math.max(a.size, b.size)));

/** The fields whose numbers differ by more than noise of `tolerance` relative to their size; none of the same figure. */
export const movedFields = (a: FigureSketch, b: FigureSketch, tolerance: number): readonly string[] =>
  Object.keys({ ...a.fields, ...b.fields }).filter(
    (name) => !fieldsAgree(a.fields[name], b.fields[name], tolerance),
  );

/** How many numbers a figure draws. */
export const countOf = ({ fields }: FigureSketch): number =>
  Object.values(fields).reduce((total, { count }) => total + count, 0);
