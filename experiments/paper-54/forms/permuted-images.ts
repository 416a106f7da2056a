/** Images of views whose tokens are permuted, for many forms to meet. */
import type { Matrix } from 'reproducible-paper/numerics/matrix';
import type { MatrixStacks } from 'reproducible-paper/numerics/matrix-stacks';
import type { SparseMatrix } from 'reproducible-paper/numerics/sparse-matrix';

/**
 * X^T M X of each view, by draw, X permuted: with what no draw changes entered. Views meet tokens in double precision, and
 * sums over tokens are in single.
 *
 * @param carrier X [tokens, m]
 * @param views M [tokens, tokens]; row: the earlier token
 * @returns [draws views] of [1, m, m]
 */
export const permutedCores = <S>(
  { rows, cols, data }: Matrix,
  views: readonly SparseMatrix[],
  stacks: MatrixStacks<S>,
): ((orders: readonly Int32Array[]) => readonly S[]) => {
  const carrier = stacks.enter(data, [1, rows, cols]);
  const narrow = stacks.single(carrier);
  const products = views.map((view) => stacks.sparse(view));
  return (orders) =>
    orders.flatMap((order) => {
      const [x, wide] = [stacks.pickRows(narrow, order), stacks.pickRows(carrier, order)];
      return products.map((times) =>
        stacks.step(() => stacks.multiply(x, stacks.single(times(wide)), { transposeA: true })),
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
