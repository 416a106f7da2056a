import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What the least of pages begins with. */
export const tinyFrontmatter = '---\ntitle: Tiny\nsummary: A page.\nauthors: [A]\n---\n\n';

/** `astro.config.mjs` of a project. */
const tinySiteConfig = `import { defineConfig } from 'astro/config';
import { paper } from './src/site/integration.ts';
export default defineConfig({ integrations: [paper()] });
`;

/**
 * A project with one paper of one stage, one table and one claim, below the repository's work folder: built by
 * the real commands, from its own files.
 *
 * @param size what the stage computes; the claim is that it is above one
 */
export const createTinyProject = (size: number, locked = true) => {
  const tests = join(repository, '.paper', 'tests');
  mkdirSync(tests, { recursive: true });
  const root = mkdtempSync(join(tests, 'project-'));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  symlinkSync(join(repository, 'src'), join(root, 'src'));
  cpSync(join(repository, 'package-lock.json'), join(root, 'package-lock.json'));
  const source = join(repository, 'src');
  write(
    'experiments/tiny/sizes.ts',
    `import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { defineStage } from '${source}/engine/stage/define-stage.ts';
export const sizes = defineStage({
  module: import.meta.url, exportName: 'sizes', kind: 'exact', inputs: {}, outputs: { result: 'sizes.json' },
  params: z.strictObject({ size: z.number() }),
  run: ({ params: { size }, outputs }) => writeFileSync(outputs.result, JSON.stringify({ results: [{
    kind: 'table', id: 'sizes', run: null, rows: [{ layer: 0, size }],
    columns: [{ id: 'layer', unit: null }, { id: 'size', unit: '1' }],
  }] })),
});
`,
  );
  write(
    'experiments/tiny/pipeline.ts',
    `import { stage } from '${source}/engine/stage/pipeline.ts';
import { sizes } from './sizes.ts';
export const profiles = ['whole'];
export const defaultProfile = 'whole';
export const pipeline = () => ({
  paper: 'tiny', locked: ${locked}, files: {},
  results: [stage('sizes', sizes, { params: { size: ${size} } })],
});
`,
  );
  write(
    'content/tiny/claims.ts',
    `import { above } from '${source}/claims/claim.ts';
export const claims = {
  'size-is-large': { assess: ({ cell }) => above(cell('sizes', 'layer-0', 'size'), 1, {
    predicate: 'the size is above one', of: 'layer-0', per: 0.5, unit: 'halves', noise: 0.1 }) },
};
`,
  );
  write('content/tiny/reported.json', '{"setting": {}, "tables": {}, "statements": []}');
  write('content/tiny/references.bib', '');
  write(
    'content/tiny/index.mdx',
    `${tinyFrontmatter}A page.\n\n<Claim id="size-is-large">The size is large.</Claim>\n`,
  );
  write('astro.config.mjs', tinySiteConfig);
  write('dist/index.html', 'the site of before');
  return {
    root,
    write,
    discard: (path: string): void => rmSync(join(root, path)),
    read: (path: string): string => readFileSync(join(root, path), 'utf8'),
    remove: (): void => rmSync(root, { recursive: true, force: true }),
  };
};

/** When a check last rendered a project's pages and found them clean. */
export const renderedMs = (root: string): number => {
  const folder = join(root, '.paper', 'check');
  const record = readdirSync(folder).find((name) => name.startsWith('rendered-')) ?? '';
  return statSync(join(folder, record)).mtimeMs;
};
