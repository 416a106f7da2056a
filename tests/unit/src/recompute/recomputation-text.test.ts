import { expect, test } from 'vitest';
import {
  downloadText,
  faultText,
  outcomeText,
  progressText,
} from '../../../../src/recompute/recomputation-text.ts';

const outcome = {
  cells: 40,
  matching: 40,
  left: 0,
  called: 'seeds',
  largestRelativeDifference: 3.14e-15,
  downloadMs: 420,
  computeMs: 3240,
};

test('an outcome says how many cells match, how nearly, and in what time', () => {
  expect(outcomeText(outcome)).toBe(
    '40 of 40 cells match within the printed digits, 3.2 s (and 0.4 s to download and check the files); the largest relative difference is 3.1 × 10⁻¹⁵.',
  );
  expect(outcomeText({ ...outcome, cells: 1, matching: 1, largestRelativeDifference: 0, left: 1 })).toBe(
    '1 of 1 cell matches within the printed digits, 3.2 s (and 0.4 s to download and check the files); equal to the last bit. Not computed anew: 1 cell of other seeds, or of all of them together.',
  );
  expect(outcomeText({ ...outcome, matching: 39, largestRelativeDifference: Number.POSITIVE_INFINITY })).toBe(
    '39 of 40 cells match within the printed digits, 3.2 s (and 0.4 s to download and check the files); one is of another kind, or of zero.',
  );
});

test('progress is in megabytes, then in hundredths', () => {
  expect(downloadText(1_250_000, 20_300_000)).toBe('downloading 1.3 of 20.3 MB');
  expect(progressText(5 / 24)).toBe('computing: 20 %');
});

test('each fault is a plain sentence', () => {
  expect(faultText({ kind: 'unreachable', path: 'w.safetensors' })).toBe(
    'Nothing was computed: w.safetensors cannot be reached. Are you offline?',
  );
  expect(faultText({ kind: 'missing', path: 'w.safetensors', status: 404 })).toBe(
    'Nothing was computed: this site does not hold w.safetensors (status 404).',
  );
  expect(faultText({ kind: 'damaged', path: 'w.safetensors', expected: 'aa', received: 'bb' })).toBe(
    'Nothing was computed: w.safetensors is not the file that the build used. Its SHA-256 should be aa and is bb.',
  );
  expect(faultText({ kind: 'insecure' })).toBe(
    'Nothing was computed: a browser checks digests on secure pages (https) alone.',
  );
  expect(faultText({ kind: 'other-build' })).toBe(
    'Nothing was compared: this page is of another build than the files beside it. Load it again.',
  );
  expect(
    faultText({
      kind: 'refused',
      message: 'the text is too long.',
      details: ['expected 3 words at most; received 4'],
      hint: 'shorten it.',
    }),
  ).toBe('The text is too long. Expected 3 words at most; received 4. Shorten it.');
  expect(faultText({ kind: 'broken', message: 'ZeroMatrix: Q is zero.' })).toBe(
    'The computation ended early: ZeroMatrix: Q is zero.',
  );
});
