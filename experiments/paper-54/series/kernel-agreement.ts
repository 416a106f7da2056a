/** How alike kernels are: those measured from models of different seeds, and each rule's with the others'. */
import { readFileSync } from 'node:fs';
import { nameColumn, numberColumn, type Row, writeResults } from 'reproducible-paper/results';
import { alikeInputs, defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { parseKernels } from './kernel-rows.ts';

/** The first entry is left out of `beside`: a kernel near a multiple of the identity has little else. */
const cosine = (a: readonly number[], b: readonly number[], from: number): number => {
  const product = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, value, at) => (at < from ? sum : sum + value * y[at]!), 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
};

export const kernelAgreement = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: alikeInputs([], 'kernels'),
  outputs: { result: 'kernel-agreement.json' },
  params: z.strictObject({}),
  run: ({ inputs, outputs }) => {
    const seeds = Object.entries(inputs).map(
      ([name, { kernels }]) => [name, parseKernels(readFileSync(kernels, 'utf8'))] as const,
    );
    const row = (a: string, b: string, x: readonly number[], y: readonly number[]): Row => ({
      a,
      b,
      cosine: cosine(x, y, 0),
      beside: cosine(x, y, 1),
    });
    const first = seeds[0]![1];
    const names = Object.keys(first);
    const rows = [
      ...seeds.flatMap(([seed, kernels], place) =>
        seeds
          .slice(place + 1)
          .flatMap(([other, others]) =>
            ['trained-plain', 'trained-regularised', 'gaussian-regularised'].map((name) =>
              row(`${name}, ${seed}`, `${name}, ${other}`, kernels[name]!, others[name]!),
            ),
          ),
      ),
      ...names.flatMap((name, place) =>
        names.slice(place + 1).map((other) => row(name, other, first[name]!, first[other]!)),
      ),
    ];
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'kernel-agreement',
        run: 'v1',
        keys: ['a', 'b'],
        columns: [nameColumn('a'), nameColumn('b'), numberColumn('cosine'), numberColumn('beside')],
        rows,
      },
    ]);
  },
});

/** The stage's code over so many seeds. */
export const kernelAgreementOf = (names: readonly string[]): typeof kernelAgreement => ({
  ...kernelAgreement,
  inputs: alikeInputs(names, 'kernels'),
});
