import { expect, test } from 'vitest';
import { orthonormaliseRows } from '../../../../src/numerics/orthonormal-rows.ts';
import { seededRandom } from '../../../../src/numerics/seeded-random.ts';

test('a hand-worked case: rows keep their direction, less what the rows before them have of it', () => {
  const data = Float64Array.of(3, 4, 1, 0);
  orthonormaliseRows(data, 2);
  [0.6, 0.8, 0.8, -0.6].forEach((x, at) => {
    expect(data[at]).toBeCloseTo(x, 15);
  });
});

test('rows taken four at a time and one by one end as orthonormal', () => {
  const n = 11;
  const data = seededRandom(1, 'rows').normals(n * n);
  orthonormaliseRows(data, n);
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j < n; j += 1) {
      let sum = 0;
      for (let k = 0; k < n; k += 1) sum += data[i * n + k]! * data[j * n + k]!;
      expect(sum).toBeCloseTo(i === j ? 1 : 0, 12);
    }
  }
});
