/**
 * Modified Gram-Schmidt over rows, in plain arithmetic, so that it gives the same bits on any machine. It leaves products
 * of rows some 1e-12 from zero.
 */

/** Takes from four rows their parts along a unit row: four sums side by side, each in its own order. */
const takeFromFour = (data: Float64Array, n: number, i: number, j: number): void => {
  let [a, b, c, d] = [0, 0, 0, 0];
  const at = i * n;
  const [first, second, third, fourth] = [j * n, (j + 1) * n, (j + 2) * n, (j + 3) * n];
  for (let k = 0; k < n; k += 1) {
    const x = data[at + k]!;
    a += x * data[first + k]!;
    b += x * data[second + k]!;
    c += x * data[third + k]!;
    d += x * data[fourth + k]!;
  }
  for (let k = 0; k < n; k += 1) {
    const x = data[at + k]!;
    data[first + k]! -= a * x;
    data[second + k]! -= b * x;
    data[third + k]! -= c * x;
    data[fourth + k]! -= d * x;
  }
};

const takeFromOne = (data: Float64Array, n: number, i: number, j: number): void => {
  let sum = 0;
  for (let k = 0; k < n; k += 1) sum += data[i * n + k]! * data[j * n + k]!;
  for (let k = 0; k < n; k += 1) data[j * n + k]! -= sum * data[i * n + k]!;
};

/** @param data [n, n], changed in place */
export const orthonormaliseRows = (data: Float64Array, n: number): void => {
  for (let i = 0; i < n; i += 1) {
    let squares = 0;
    for (let k = i * n; k < (i + 1) * n; k += 1) squares += data[k]! ** 2;
    const inverse = 1 / Math.sqrt(squares);
    for (let k = i * n; k < (i + 1) * n; k += 1) data[k]! *= inverse;
    let j = i + 1;
    for (; j + 4 <= n; j += 4) takeFromFour(data, n, i, j);
    for (; j < n; j += 1) takeFromOne(data, n, i, j);
  }
};
