/**
 * Images of views whose tokens are permuted, for many forms to meet. A view's densest rows and columns are multiplied as
 * dense ones, so that of two thirds of its entries none is looked up.
 */
import { joinRows } from 'reproducible-paper/numerics/join-rows';
import type { Matrix } from 'reproducible-paper/numerics/matrix';
import type { MatrixStacks } from 'reproducible-paper/numerics/matrix-stacks';
import type { SparseMatrix } from 'reproducible-paper/numerics/sparse-matrix';
import { splitView } from './split-view.ts';

/** Tokens whose rows and columns are dense; of few tokens a quarter. */
const denseTokens = 128;

/**
 * X^T M X of each view, by draw, X permuted, in single precision: with what no draw changes entered.
 *
 * @param carrier X [tokens, m]
 * @param views M [tokens, tokens]; row: the earlier token
 * @returns [draws views] of [1, m, m]
 */
export const permutedCores = <S>(
  { rows: tokens, cols: m, data }: Matrix,
  views: readonly SparseMatrix[],
  stacks: MatrixStacks<S>,
): ((orders: readonly Int32Array[]) => readonly S[]) => {
  const head = Math.min(denseTokens, tokens >> 2);
  const carrier = stacks.single(stacks.enter(data, [1, tokens, m]));
  const entered = views.map((view) => {
    const { rows, columns, rest } = splitView(view, head);
    const [r, c] = [rows, columns].map((of) => stacks.single(stacks.enter(of.data, [1, head, tokens])));
    return { rows: r!, columns: c!, times: stacks.sparse(rest) };
  });
  return (orders) =>
    orders.flatMap((order) => {
      const x = stacks.pickRows(carrier, order);
      const rowsOf = Array.from(order.subarray(0, head), (token) =>
        data.subarray(token * m, (token + 1) * m),
      );
      const first = stacks.single(stacks.enter(joinRows(rowsOf), [1, head, m]));
      return entered.map(({ rows, columns, times }) =>
        stacks.step(() => {
          // X^T (M less its first columns) X, and X^T (those columns, below its first rows) X_first, in one sum.
          const left = stacks.join([x, stacks.multiply(columns, x)]);
          const right = stacks.join([stacks.multiply(rows, x), times(x), first]);
          return stacks.multiply(left, right, { transposeA: true });
        }),
      );
    });
};

/** Images in one space T^T X^T M X T, and before each its transpose W, as rows [1, 2 cores, n^2]. @param t T [1, m, n] */
export const imagesOfCores = <S>(cores: readonly S[], t: S, n: number, stacks: MatrixStacks<S>): S =>
  stacks.join(
    cores.flatMap((core) => {
      const image = stacks.multiply(t, stacks.multiply(core, t), { transposeA: true });
      return [stacks.transpose(image), image].map((a) => stacks.reshape(a, [1, 1, n * n]));
    }),
  );
