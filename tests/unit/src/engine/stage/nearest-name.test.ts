import { expect, test } from 'vitest';
import { nearestHint } from '../../../../../src/engine/stage/nearest-name.ts';

test('a name that is near is what was meant', () => {
  expect(nearestHint('size', ['sizes', 'weights'])).toBe("did you mean 'sizes'?");
  expect(nearestHint('sizes.layer-0.sise', ['sizes.layer-0.size', 'x'])).toBe(
    "did you mean 'sizes.layer-0.size'?",
  );
});

test('where no name is near, those that there are are told', () => {
  expect(nearestHint('colour', ['sizes', 'weights'])).toBe(
    'none is called like it: there are sizes, weights.',
  );
  const many = Array.from({ length: 9 }, (_, at) => `weights-${at}`);
  expect(nearestHint('colour', many)).toBe(
    `none is called like it: there are ${many.slice(0, 8).join(', ')}, ….`,
  );
});

test('where there are none, they are still to be made', () => {
  expect(nearestHint('size', [])).toBe('there is none yet: has the pipeline a stage that makes one?');
});
