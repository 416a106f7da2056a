import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeSearchIndex } from '../../../../../src/site/search/write-search-index.ts';

test('an index that cannot be written is told by name, with what stood in its way', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'search-'));
  try {
    for (const page of ['.', 'how-this-site-knows']) {
      mkdirSync(join(folder, page), { recursive: true });
      writeFileSync(
        join(folder, page, 'index.html'),
        '<html lang="en"><head><title>T</title></head><body><main><h1>T</h1><p>Words.</p></main></body></html>',
      );
    }
    await writeSearchIndex(folder, []);
    expect(existsSync(join(folder, 'pagefind', 'pagefind.js'))).toBe(true);
    rmSync(join(folder, 'pagefind'), { recursive: true });
    // A file where its folder belongs.
    writeFileSync(join(folder, 'pagefind'), '');
    await expect(writeSearchIndex(folder, [])).rejects.toThrow(
      expect.objectContaining({
        name: 'SearchIndexFailed',
        message: expect.stringMatching(
          /^the search index could not be written: E(?:EXIST|NOTDIR): .*pagefind.*\.$/,
        ),
        hint: 'Pagefind runs a program of its own, from the package @pagefind/<platform>: run `npm ci --ignore-scripts` without leaving optional packages out, and build again.',
      }),
    );
    rmSync(join(folder, 'pagefind'));
    mkdirSync(join(folder, 'pagefind'));
    await writeSearchIndex(folder, []);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
