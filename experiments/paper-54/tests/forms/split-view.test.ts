import { transpose } from 'reproducible-paper/numerics/matrix';
import { expect, test } from 'vitest';
import { splitView } from '../../forms/split-view.ts';
import { dense, sparseView } from './hand-made-forms.ts';

test("a view's dense rows, its dense columns and the rest are the view, each entry once", () => {
  const [tokens, head] = [20, 6];
  const m = sparseView(tokens, 1);
  const { rows, columns, rest } = splitView(m, head);
  const [below, other] = [transpose(columns), dense(rest)]; // [tokens, head], [tokens - head, tokens]
  expect([other.rows, other.cols]).toEqual([tokens - head, tokens]);
  dense(m).data.forEach((entry, at) => {
    const [i, j] = [Math.floor(at / tokens), at % tokens];
    const found = [
      i < head ? rows.data[at]! : 0,
      j < head ? below.data[i * head + j]! : 0,
      i < head ? 0 : other.data[(i - head) * tokens + j]!,
    ];
    expect(
      found.filter((x) => x !== 0),
      `${i}, ${j}`,
    ).toEqual(entry === 0 ? [] : [entry]);
  });
});
