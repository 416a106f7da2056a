/**
 * Null N2, what Gaussian matrices of the run's shape give for figures without scale, table by table: one set of draws
 * serves every layer and seed. All of them take minutes, so their summaries are kept; whoever reads those of a table makes
 * its figures of the first draw again.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { matrix } from 'reproducible-paper/numerics/matrix';
import { normalStream } from 'reproducible-paper/numerics/normal-stream';
import { summariseNull } from 'reproducible-paper/numerics/summarise-null';
import type { NullSummary } from 'reproducible-paper/results';
import { z } from 'zod';
import type { AttentionWeights } from '../model/attention-weights.ts';
import { requireKept } from './require-kept.ts';

/** Figures by id, of one draw or of one layer. */
export type Figures = Readonly<Record<string, number>>;

/** A table's figures of one triple of matrices. */
export type FiguresOf = (draw: AttentionWeights) => Figures;

const shapeSchema = { dModel: z.int().positive(), nHeads: z.int().positive(), seed: z.int().nonnegative() };

export const gaussianNullParams = z.strictObject({ ...shapeSchema, draws: z.int().min(2) });
export type GaussianNullParams = z.output<typeof gaussianNullParams>;

const schema = gaussianNullParams.extend({
  tables: z.record(
    z.string(),
    z.strictObject({
      columns: z.record(
        z.string(),
        z.strictObject({ low: z.number(), high: z.number(), mean: z.number(), sd: z.number() }),
      ),
      first: z.record(z.string(), z.number()),
    }),
  ),
});

export type GaussianNull = z.output<typeof schema>;

/** A draw has a stream of its own, so that the first ones are the same however many follow. */
export const gaussianTriple = (
  { dModel: n, nHeads, seed }: Omit<GaussianNullParams, 'draws'>,
  draw: number,
): AttentionWeights => {
  const random = normalStream(seed, `gaussian/${n}/${draw}`);
  const [q, k, v] = [0, 1, 2].map(() => matrix(n, n, random.normals(n * n)));
  return { layer: draw, nHeads, q: q!, k: k!, v: v! };
};

/** @param drawn figures of each draw, by table */
export const writeGaussianNull = (
  path: string,
  params: GaussianNullParams,
  drawn: Readonly<Record<string, readonly Figures[]>>,
): void => {
  const tables = Object.fromEntries(
    Object.entries(drawn).map(([table, draws]) => {
      const first = draws[0]!;
      const summary = (id: string): NullSummary => summariseNull(draws.map((figures) => figures[id]!));
      const columns = Object.fromEntries(Object.keys(first).map((id) => [id, summary(id)]));
      return [table, { columns, first }];
    }),
  );
  writeFileSync(path, JSON.stringify(schema.parse({ ...params, tables })));
};

export const readGaussianNull = (path: string): GaussianNull =>
  schema.parse(JSON.parse(readFileSync(path, 'utf8')));

/** Another library's decompositions move no figure by as much; divergences are small differences of logarithms. */
const tolerance = 1e-8;

/**
 * What draws give for a table's columns.
 *
 * @throws KeptDiffers where the first draw, made again, is not as it was kept
 */
export const summariesOf = (
  kept: GaussianNull,
  table: string,
  figuresOf: FiguresOf,
): Readonly<Record<string, NullSummary>> => {
  const { columns = {}, first = {} } = kept.tables[table] ?? {};
  for (const [id, again] of Object.entries(figuresOf(gaussianTriple(kept, 0)))) {
    const before = first[id];
    requireKept({
      stage: 'gaussian-figures',
      what: `${id} of ${table}, draw 0`,
      kept: before,
      again,
      tolerance: tolerance * Math.max(Math.abs(before ?? 0), 1e-3),
    });
  }
  return columns;
};
