/** How differences between what is displayed and what was accepted are told. */
import type { ValueChange } from './compare-values.ts';

/** A change with the place of the text that prints it, `file:line:column`; null where the text has none. */
export type PlacedChange = ValueChange & { readonly at: string | null };

/** A paper's differences to what was accepted. */
export interface PaperDiff {
  readonly paper: string;
  readonly profile: string;
  /** What it was compared with; null for a profile that nothing binds. */
  readonly against: string | null;
  readonly changes: readonly PlacedChange[];
  readonly crossings: readonly PlacedChange[];
}

const mostLines = 50;

const rest = ({ length }: readonly unknown[]): readonly string[] =>
  length > mostLines ? [`and ${length - mostLines} more`] : [];

const unbound = ({ paper, profile }: PaperDiff): string =>
  `${paper}: profile ${profile} is trained in the build, on each machine to other digits: nothing that it displays is held`;

/** The text around a value, where that is more than a table's name. */
const sentenceOf = ({ kind, place }: PlacedChange): string | undefined =>
  kind === 'sentence' && place.includes(' ') ? place : undefined;

const lineOf = (change: PlacedChange): string => {
  const { kind, id, before, after, at } = change;
  const sentence = sentenceOf(change);
  const where = [...(at === null ? [] : [at]), ...(sentence === undefined ? [] : [`“${sentence}”`])];
  return [`${kind} ${id}: ${before ?? 'new'} -> ${after ?? 'gone'}`, ...where].join('   ');
};

/** What a person reads at a terminal. */
export const diffText = (diffs: readonly PaperDiff[]): string =>
  diffs
    .flatMap((diff) => {
      const { paper, against, changes, crossings } = diff;
      if (against === null) return [unbound(diff)];
      return [
        `${paper}: ${changes.length} displayed values changed, against ${against}`,
        ...changes.slice(0, mostLines).map((change) => `  ${lineOf(change)}`),
        ...rest(changes).map((line) => `  ${line}`),
        ...(crossings.length > 0
          ? [`  ${crossings.length} more crossed a boundary of rounding by noise alone`]
          : []),
        ...crossings.slice(0, mostLines).map((change) => `    ${lineOf(change)}`),
        ...rest(crossings).map((line) => `    ${line}`),
      ];
    })
    .join('\n');

/** Text of a page in a cell of Markdown: what Markdown or HTML would read as its own is escaped. */
const cell = (text: string): string =>
  text.replace(/[\\|<>`*_[\]]/g, (mark) => `\\${mark}`).replaceAll('\n', ' ');

const rowOf = (change: PlacedChange): string => {
  const { kind, id, before, after, at } = change;
  const sentence = sentenceOf(change);
  const where = [
    kind,
    ...(at === null ? [] : [`\`${at}\``]),
    ...(sentence === undefined ? [] : [cell(sentence)]),
  ];
  return `| ${where.join('<br>')} | \`${id}\` | ${cell(before ?? 'new')} | ${cell(after ?? 'gone')} |`;
};

/** What a pull request shows. */
export const diffMarkdown = (diffs: readonly PaperDiff[]): string =>
  diffs
    .map((diff) => {
      const { paper, against, changes, crossings } = diff;
      if (against === null) return unbound(diff);
      const rows = changes.slice(0, mostLines).map(rowOf);
      return [
        `### ${paper}: ${changes.length === 0 ? 'no displayed value changed' : `${changes.length} displayed values changed`}`,
        `against ${against}`,
        ...(rows.length > 0 ? ['', '| where | what | before | after |', '|---|---|---|---|', ...rows] : []),
        ...rest(changes).flatMap((line) => ['', line]),
        ...(crossings.length > 0
          ? [
              '',
              `${crossings.length} printed digits crossed a boundary of rounding by noise alone, and are no change.`,
            ]
          : []),
      ].join('\n');
    })
    .join('\n\n');
