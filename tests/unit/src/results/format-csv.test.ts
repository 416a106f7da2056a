import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatCsv } from '../../../../src/results/format-csv.ts';

/** RFC 4180, read sign by sign: each field with whether it was quoted. */
const parse = (csv: string): { readonly text: string; readonly quoted: boolean }[][] => {
  const lines: { text: string; quoted: boolean }[][] = [];
  let at = 0;
  while (at < csv.length) {
    const line: { text: string; quoted: boolean }[] = [];
    for (;;) {
      let text = '';
      const quoted = csv[at] === '"';
      if (quoted) {
        for (at += 1; csv[at] !== '"' || csv[at + 1] === '"'; at += 1) {
          if (csv[at] === undefined) throw new Error('a quote is open');
          if (csv[at] === '"') at += 1;
          text += csv[at];
        }
        at += 1;
      } else {
        for (; csv[at] !== ',' && csv[at] !== '\r'; at += 1) {
          if (csv[at] === undefined || csv[at] === '"' || csv[at] === '\n')
            throw new Error('no field ends so');
          text += csv[at];
        }
      }
      line.push({ text, quoted });
      if (csv[at] !== ',') break;
      at += 1;
    }
    if (csv.slice(at, at + 2) !== '\r\n') throw new Error('no line ends so');
    at += 2;
    lines.push(line);
  }
  return lines;
};

test('CSV quotes what would break a line or lose a space, and leaves formulas as they are', () => {
  const of = (cell: string | number | null) => formatCsv(['a', 'b'], [{ a: cell, b: 1 }]);
  expect(of('x,"y"')).toBe('a,b\r\n"x,""y""",1\r\n');
  expect(of('x\ry')).toBe('a,b\r\n"x\ry",1\r\n');
  expect(of(' x')).toBe('a,b\r\n" x",1\r\n');
  expect(of('=SUM(A1)')).toBe('a,b\r\n=SUM(A1),1\r\n');
  expect(of(null)).toBe('a,b\r\n,1\r\n');
  expect(of('')).toBe('a,b\r\n"",1\r\n');
  expect(formatCsv(['a'], [{ a: null }, { a: 2 }])).toBe('a\r\n""\r\n2\r\n');
});

test('any cells are read back as they were, by the standard', () => {
  const word = fc.oneof(fc.string(), fc.stringMatching(/^[ab ,"\r\n\t=+\u2028]*$/));
  const cell = fc.oneof(word, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null));
  fc.assert(
    fc.property(fc.array(fc.record({ a: cell, b: cell }), { maxLength: 5 }), (rows) => {
      const [head, ...read] = parse(formatCsv(['a', 'b'], rows));
      expect(head!.map(({ text }) => text)).toEqual(['a', 'b']);
      expect(read).toHaveLength(rows.length);
      for (const [at, { a, b }] of rows.entries()) {
        for (const [given, { text, quoted }] of [
          [a, read[at]![0]!],
          [b, read[at]![1]!],
        ] as const) {
          if (given === null) expect({ text, quoted }).toEqual({ text: '', quoted: false });
          else if (typeof given === 'string') expect(text).toBe(given);
          else expect(Number(text)).toBe(given + 0);
        }
      }
    }),
    { seed: 54, numRuns: 60 },
  );
});
