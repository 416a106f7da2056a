import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { givePaperData } from '../../../../src/components/paper-data.ts';
import { formatError, PaperError } from '../../../../src/engine/stage/paper-error.ts';
import { checkPaper } from '../../../../src/markdown/check-paper.ts';
import type { PaperData } from '../../../../src/results/paper-data.ts';
import { noPresentation, presentTable } from '../../../../src/results/presentation.ts';
import type { Table } from '../../../../src/results/result-schema.ts';

const lengths: Table = {
  kind: 'table',
  id: 'lengths',
  run: null,
  columns: [
    { id: 'layer', unit: null },
    { id: 'size', unit: '1' },
  ],
  replicates: [{ seed: null, rows: [{ layer: 0, size: 1.5 }] }],
};

const origin = { key: 'k', stages: ['lengths'] };

const data: PaperData = {
  paper: 'tiny',
  profile: 'quick',
  backend: {},
  tables: {
    lengths: {
      ...lengths,
      ...origin,
      presentation: presentTable(lengths, noPresentation, 'content/tiny/tables.ts'),
      reported: {
        columns: [{ id: 'layer', label: 'layer', unit: null }],
        rows: [{ layer: 0, size: '1.54' }],
      },
    },
  },
  series: {
    'loss-curves': {
      kind: 'series',
      id: 'loss-curves',
      columns: ['run', 'text', 'step', 'loss'].map((id) => ({ id, unit: null })),
      replicates: [
        {
          seed: null,
          rows: [
            { run: 'v1', text: 'training', step: 1, loss: 2 },
            { run: 'v1', text: 'held out', step: 1, loss: 2.5 },
            { run: 'ct-sft', text: 'training', step: 1, loss: 1 },
          ],
        },
      ],
      ...origin,
    },
  },
  values: {
    'lengths.size.mean': { value: 1.5, unit: '1', format: { style: 'fixed', digits: 2 }, ...origin },
  },
  claims: {
    'size-is-positive': {
      predicate: 'the size is above zero',
      evidence: '1.5 against 0',
      margin: 1.5,
      unit: 'sizes',
      noise: 0,
      verdict: 'holds',
      reported: [],
      reads: ['lengths'],
      key: 'k',
    },
  },
  statements: [],
};

const bibliography =
  '@book{knuth1984,\n  author = {Knuth, Donald E.},\n  title = {The {TeX}book},\n  year = {1984}\n}\n';

/**
 * Checks a page of a paper of one table, one value and one claim.
 *
 * @returns the whole text of the error that an author would read; `fine` if there is none
 */
export const checkPage = async (page: string, references = bibliography): Promise<string> => {
  const root = mkdtempSync(join(tmpdir(), 'tiny-site-'));
  try {
    mkdirSync(join(root, 'content', 'tiny'), { recursive: true });
    writeFileSync(join(root, 'content', 'tiny', 'index.mdx'), page);
    writeFileSync(join(root, 'content', 'tiny', 'references.bib'), references);
    givePaperData([data]);
    await checkPaper(root, data);
    return 'fine';
  } catch (error) {
    if (!(error instanceof PaperError)) throw error;
    return formatError(error);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
};
