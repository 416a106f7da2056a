/** What a table's page says of a recomputation. */
import { superscript } from '../results/superscript.ts';
import type { RecomputationFault } from './worker-messages.ts';

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

export const downloadText = (doneBytes: number, totalBytes: number): string =>
  `downloading ${megabytes(doneBytes)} of ${megabytes(totalBytes)} MB`;

export const progressText = (part: number): string => `computing: ${Math.floor(100 * part)} %`;

/** With a capital at its start and a stop at its end. */
const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}`.replace(/(?<![.!?])$/, '.');

/** Why nothing was computed, and what a reader can do. */
export const faultText = (fault: RecomputationFault): string => {
  switch (fault.kind) {
    case 'unreachable':
      return `Nothing was computed: ${fault.path} cannot be reached. Are you offline?`;
    case 'missing':
      return `Nothing was computed: this site does not hold ${fault.path} (status ${fault.status}).`;
    case 'damaged':
      return `Nothing was computed: ${fault.path} is not the file that the build used. Its SHA-256 should be ${fault.expected} and is ${fault.received}.`;
    case 'insecure':
      return 'Nothing was computed: a browser checks digests on secure pages (https) alone.';
    case 'other-build':
      return 'Nothing was compared: this page is of another build than the files beside it. Load it again.';
    case 'refused':
      return [fault.message, ...fault.details, fault.hint].map(sentence).join(' ');
    case 'broken':
      return `The computation ended early: ${fault.message}`;
  }
};

export interface RecomputationOutcome {
  readonly cells: number;
  readonly matching: number;
  /** Computed cells of the page that depend on what was not computed anew. */
  readonly left: number;
  /** What the table's replicates are called. */
  readonly called: string;
  readonly largestRelativeDifference: number;
  readonly downloadMs: number;
  readonly computeMs: number;
}

/** Two digits, as a power of ten: `3.1 × 10⁻¹⁵`. */
const power = (x: number): string => {
  const [digits = '', exponent = ''] = x.toExponential(1).split('e');
  return `${digits} × 10${superscript(String(Number(exponent)))}`;
};

const differenceText = (difference: number): string => {
  if (difference === 0) return 'equal to the last bit';
  if (!Number.isFinite(difference)) return 'one is of another kind, or of zero';
  return `the largest relative difference is ${power(difference)}`;
};

export const outcomeText = ({
  cells,
  matching,
  left,
  called,
  largestRelativeDifference,
  downloadMs,
  computeMs,
}: RecomputationOutcome): string =>
  [
    `${matching} of ${counted(cells, 'cell')} ${cells === 1 ? 'matches' : 'match'} within the printed digits, ${seconds(computeMs)}`,
    ` (and ${seconds(downloadMs)} to download and check the files); `,
    `${differenceText(largestRelativeDifference)}.`,
    left > 0
      ? ` Not computed anew: ${counted(left, 'cell')} of other ${called}, or of all of them together.`
      : '',
  ].join('');
