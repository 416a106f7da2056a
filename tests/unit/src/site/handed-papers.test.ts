import { expect, test } from 'vitest';
import { handedPapers } from '../../../../src/site/handed-papers.ts';
import { createSiteBuild, type GivenPaper } from '../../../../src/site/site-build.ts';

const given = (paper: string, value: number): GivenPaper =>
  ({
    data: { paper, values: { size: { value } } },
    figures: {},
    downloads: [],
    stages: {},
  }) as unknown as GivenPaper;

/** What a page's module reads. */
const read = (expression: string): { papers: Map<string, GivenPaper>; origin: unknown } =>
  new Function(`return ${expression}`)();
const sizeIn = (expression: string, paper: string): unknown =>
  read(expression).papers.get(paper)?.data.values['size']?.value;

test('pages get what their own build was given, as it was when it was handed over', () => {
  const [one, other] = [createSiteBuild([given('a', 1)]), createSiteBuild([given('a', 2)])];
  const [first, second] = [handedPapers(one), handedPapers(other)];
  expect([sizeIn(first, 'a'), sizeIn(second, 'a')]).toEqual([1, 2]);
  expect(read(first).origin).toEqual(one.origin);
  one.give([given('a', 3)]);
  expect(sizeIn(first, 'a')).toBe(1);
  // The module's text stays, and nothing of it is the papers'.
  expect(handedPapers(one)).toBe(first);
  expect(first.length).toBeLessThan(100);
  expect(sizeIn(first, 'a')).toBe(3);
});

test('a page cannot change what was computed', () => {
  const build = createSiteBuild([given('a', 1)]);
  Object.assign(read(handedPapers(build)).papers.get('a')!.data.values['size']!, { value: 0.42 });
  expect(build.papers.get('a')?.data.values['size']?.value).toBe(1);
  expect(sizeIn(handedPapers(build), 'a')).toBe(1);
});
