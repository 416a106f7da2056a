import { expect, test } from 'vitest';
import { namedPlaces } from '../../../../../src/site/markdown/named-places.ts';

const text = `---
title: "<Value of='no' />"
---

A size of <Value of="sizes.size.mean" />, by $\\frac{1}{2}$.

<Claim id="size-is-large">Its size is <Value of="sizes.layer-0.size" />.</Claim>

<ResultTable of="sizes">Sizes.</ResultTable>
<Figure of="lines" alt="Lines." />
<Value />
`;

test('what a text names is found with line and column, and with the claim around it', () => {
  expect(
    namedPlaces(text).map(({ component, id, line, column, claim }) => [component, id, line, column, claim]),
  ).toEqual([
    ['Value', 'sizes.size.mean', 5, 11, null],
    ['Claim', 'size-is-large', 7, 1, null],
    ['Value', 'sizes.layer-0.size', 7, 39, 'size-is-large'],
    ['ResultTable', 'sizes', 9, 1, null],
    ['Figure', 'lines', 10, 1, null],
  ]);
});

test('a text that does not parse names nothing', () => {
  expect(namedPlaces('<Claim id="a">open')).toEqual([]);
});
