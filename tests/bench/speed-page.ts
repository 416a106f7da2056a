import type { BenchRecord, RecordedRow } from './bench-records.ts';
import { type Benches, isReached } from './bench-row.ts';

const three = (value: number): string =>
  Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)));

const measured = (value: number | undefined, unit: string | undefined): string =>
  value === undefined ? '–' : `${three(value)} ${unit ?? ''}`.trim();

const ratioOf = ({ ratio, quartiles, runs }: RecordedRow): string => {
  if (ratio === undefined || ratio === null) return '–';
  const spread = quartiles ? ` (${quartiles.map((quartile) => quartile.toFixed(2)).join(' to ')})` : '';
  return `${ratio.toFixed(2)}${spread}${runs === undefined || runs === 1 ? '' : `, ${runs} runs`}`;
};

/** A row that has all that a limit is held against. */
const outcome = (row: RecordedRow): string => {
  const { value, peerValue, ratio } = row;
  if (value === undefined || peerValue === undefined || ratio === undefined) return '–';
  return isReached({ unit: '', peer: '', runs: 1, ...row, value, peerValue, ratio }) ? 'yes' : '**no**';
};

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const machineName = ({ processor, instructionSets, kernels, cores, library, node }: BenchRecord['machine']) =>
  [
    String(processor),
    `${[instructionSets].flat().join(', ')}`,
    cores === undefined ? '' : `${cores} cores`,
    library === undefined ? '' : `TensorFlow ${library}`,
    kernels === undefined ? '' : `${kernels} kernels`,
    node === undefined ? '' : `Node ${node}`,
  ]
    .filter((part) => part !== '')
    .join(', ');

const table = (rows: readonly RecordedRow[]): readonly string[] => [
  '| what | ours | beside | theirs | ratio (quartiles) | reached | recorded |',
  '|---|---|---|---|---|---|---|',
  ...rows.map((row) => {
    const { id, value, unit, peer = '–', peerValue, note, date } = row;
    const cells = [
      note === undefined ? `\`${id}\`` : `\`${id}\`: ${note}`,
      measured(value, unit),
      peer,
      measured(peerValue, unit),
      ratioOf(row),
      outcome(row),
      date,
    ];
    return `| ${cells.map(cell).join(' | ')} |`;
  }),
];

/**
 * What the bench recorded, as a page: a section a part, and in it a table a machine.
 *
 * @param benches the parts that there are, in their order
 */
export const speedPage = (records: readonly BenchRecord[], benches: Benches): string => {
  const lines = [
    '# What it costs',
    '',
    'Written by `npm run bench`, from what it recorded in `speed.json`: nothing here is typed. It measures again, beside peers in the same run, whatever parts it is asked for: `npm run bench -- planning`. A ratio is ours over theirs, so that less is better; `reached` says whether it is at most what the project sets itself. What is carried over stood on this page before records were kept: rounded, with the date of its commit.',
  ];
  for (const [part, { title, about, figure }] of Object.entries(benches)) {
    const own = records
      .map(({ machine, rows }) => ({ machine, rows: rows.filter((row) => row.part === part) }))
      .filter(({ rows }) => rows.length > 0);
    lines.push('', `## ${title}`, '', ...(about === undefined ? [] : [about, '']));
    if (own.length === 0) lines.push(`Not recorded yet: \`npm run bench -- ${part}\`.`);
    for (const [at, { machine, rows }] of own.entries()) {
      lines.push(...(at > 0 ? [''] : []), `On ${machineName(machine)}:`, '', ...table(rows));
    }
    if (figure !== undefined && own.length > 0) lines.push('', `![${title}](${figure})`);
  }
  return `${lines.join('\n')}\n`;
};
