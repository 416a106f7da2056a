import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { unusedFigures } from '../../../../src/cli/unused-figures.ts';
import { formatError } from '../../../../src/engine/stage/paper-error.ts';

const figure = (id: string) => ({ id, file: `content/tiny/figures/${id}.json`, text: '{}', spec: {} });

test('a figure that no page shows is warned of, whatever else the text says of it', () => {
  const root = mkdtempSync(join(tmpdir(), 'unused-figures-'));
  try {
    mkdirSync(join(root, 'content', 'tiny'), { recursive: true });
    const page =
      '---\ntitle: T\n---\n\n<Figure of="sizes" alt="a">See.</Figure>\n\n`<Figure of="depths" />`\n';
    writeFileSync(join(root, 'content', 'tiny', 'index.mdx'), page);
    const found = unusedFigures(root, { id: 'tiny', figures: [figure('depths'), figure('sizes')] });
    expect(found.map(formatError)).toEqual([
      [
        "UnusedFigure: figure 'depths' is drawn, and content/tiny/index.mdx does not show it.",
        '  content/tiny/figures/depths.json',
        '  hint: write <Figure of="depths" alt="…">…</Figure> there, or remove the file.',
      ].join('\n'),
    ]);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
