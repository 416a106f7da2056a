/**
 * What Paper 54 said, what chance gives, what we found: a row a quantity, each on an axis of its own, and at its right what
 * its claims came to. On a phone what is asked stands above its strip.
 */
import { ink, nullBand, reportedMark, seriesColour, seriesShape } from 'reproducible-paper/figures';

/** What a claim's verdict reads as at the end of a row. */
interface Word {
  readonly claim: string;
  readonly holds: string;
  readonly fails: string;
  readonly undecided: string;
}

interface RowOf {
  /** As the table has it. */
  readonly quantity: string;
  readonly label: string;
  readonly unit?: string;
  readonly scale?: object;
  readonly axis: object;
  readonly words: readonly Word[];
  /** What nothing is known of. */
  readonly lacks?: 'chance' | 'reported';
  /** What the measure gives where there is something to find: the mean of a column. */
  readonly control?: { readonly data: string; readonly field: string };
}

/** Zero is where most of what is asked would be if there were nothing. */
const linear = { zero: true };
const log = { type: 'log', nice: false };

const rows: readonly RowOf[] = [
  {
    quantity: 'counts in attention',
    label: 'counts in attention',
    unit: 'cosine',
    axis: { values: [0, 0.5, 1] },
    lacks: 'reported',
    control: { data: 'planted-training', field: 'start' },
    words: [
      {
        claim: 'counts-leave-a-trace',
        holds: 'a trace, beyond chance',
        fails: 'no trace of all three',
        undecided: 'a trace is open',
      },
      {
        claim: 'trace-is-small',
        holds: 'but a small one',
        fails: 'maybe no small one',
        undecided: 'its size is open',
      },
    ],
  },
  {
    quantity: 'Q in leading band',
    label: 'Q in the leading band',
    unit: 'share',
    axis: { values: [0, 0.2, 0.4] },
    words: [
      {
        claim: 'bands-are-uniform',
        holds: 'bands are even',
        fails: 'bands are not even',
        undecided: 'bands are open',
      },
    ],
  },
  {
    quantity: 'Q and K apart',
    label: 'spectra of Q and K apart',
    unit: 'nats',
    scale: log,
    axis: { values: [0.0001, 0.001], format: '~g' },
    words: [
      {
        claim: 'qk-nearer-than-v',
        holds: 'nearer than Q and V',
        fails: 'no nearer than Q and V',
        undecided: 'Q and V: open',
      },
      {
        claim: 'qk-spectra-differ',
        holds: 'not as near as chance',
        fails: 'as near as chance',
        undecided: 'against chance: open',
      },
    ],
  },
  {
    quantity: 'V apart from random',
    label: 'spectrum of V from random',
    unit: 'nats',
    scale: log,
    axis: { values: [0.0001, 0.01], format: '~g' },
    words: [
      {
        claim: 'v-spectrum-is-random',
        holds: 'V is random',
        fails: 'V is not random',
        undecided: 'open',
      },
    ],
  },
  {
    quantity: 'V/Q grows with depth',
    label: 'V over Q, last to first layer',
    scale: { zero: false },
    axis: { values: [1, 1.5, 2] },
    words: [
      {
        claim: 'v-grows-with-depth',
        holds: 'the norm of V rises',
        fails: 'its norm does not rise',
        undecided: 'a rise is open',
      },
      {
        claim: 'v-grows-monotonely',
        holds: 'and at each step',
        fails: 'not at each step',
        undecided: 'at each step: open',
      },
    ],
  },
  {
    quantity: 'rank of QKᵀ',
    label: 'rank of the product QK',
    axis: { values: [0, 20, 40] },
    words: [
      {
        claim: 'kernel-is-low-rank',
        holds: 'low, beyond its spectra',
        fails: 'no lower than its spectra',
        undecided: 'open',
      },
    ],
  },
  {
    quantity: 'form symmetric',
    label: 'symmetry of forms',
    unit: 'ρ',
    axis: { values: [0, 0.1, 0.2, 0.3] },
    lacks: 'reported',
    words: [
      {
        claim: 'form-is-more-symmetric-than-chance',
        holds: 'more than chance gives',
        fails: 'no more than chance',
        undecided: 'open',
      },
      {
        claim: 'antisymmetric-part-dominates',
        holds: 'antisymmetry leads',
        fails: 'antisymmetry does not lead',
        undecided: 'which part leads is open',
      },
    ],
  },
  {
    quantity: 'two trainings alike',
    label: 'two trainings alike',
    unit: 'r',
    axis: { values: [0, 0.1, 0.2, 0.3] },
    control: { data: 'non-uniqueness', field: 'init-corr-q' },
    words: [
      {
        claim: 'solutions-are-uncorrelated',
        holds: 'below a hundredth',
        fails: 'above a hundredth',
        undecided: 'open',
      },
    ],
  },
  {
    quantity: 'perplexity gap',
    label: 'CT+SFT above V1',
    unit: 'perplexity',
    axis: { values: [0, 0.1, 0.2, 0.3], format: '%' },
    lacks: 'chance',
    words: [
      {
        claim: 'ct-sft-ends-behind-v1',
        holds: 'it ends behind V1',
        fails: 'it ends ahead of V1',
        undecided: 'level with V1',
      },
    ],
  },
];

/** Pixels: a strip, what stands above it, and the distance of two lines of text. */
const strip = 16;
const line = 13;
/** Left of a strip in the column. */
const labelRoom = 172;

const ours = seriesColour(1);
const dot = { type: 'point', shape: 'circle', filled: true, size: 40, color: ours, opacity: 0.8 };
const triangle = {
  type: 'point',
  shape: seriesShape(3),
  filled: true,
  size: 60,
  opacity: 1,
  color: seriesColour(3),
};

/** Words above a strip, or beside it. */
const place = (isPhone: boolean) => (isPhone ? { label: -2 * line, first: -line } : { label: 2, first: 2 });

const row = (of: RowOf, isPhone: boolean) => {
  const x = {
    type: 'quantitative',
    title: null,
    scale: { padding: 8, ...(of.scale ?? linear) },
    axis: { grid: false, tickSize: 3, labelPadding: 1, labelFontSize: 11, labelFlush: false, ...of.axis },
  };
  const y = { value: strip / 2 };
  const at = place(isPhone);
  const text = (value: string, top: number, side: 'left' | 'right', mark: object) => ({
    mark: { type: 'text', baseline: 'top', align: side, text: value, color: ink, ...mark },
    encoding: { x: { value: isPhone && side === 'right' ? 'width' : 0 }, y: { value: top } },
  });
  const { label, unit, words, lacks, control } = of;
  return {
    data: { name: 'distance-from-chance' },
    transform: [{ filter: `datum.quantity === '${of.quantity}'` }],
    height: strip,
    layer: [
      ...(lacks === 'chance'
        ? []
        : [
            {
              mark: { type: 'rect', ...nullBand },
              encoding: { x: { ...x, field: 'chance-low' }, x2: { field: 'chance-high' } },
            },
          ]),
      {
        mark: { type: 'rule', color: ours, strokeWidth: 1.5 },
        encoding: { y, x: { ...x, field: 'lowest' }, x2: { field: 'highest' } },
      },
      ...(control
        ? [
            {
              data: { name: control.data },
              transform: [{ aggregate: [{ op: 'mean', field: control.field, as: 'control' }] }],
              mark: triangle,
              encoding: { y, x: { ...x, field: 'control' } },
            },
          ]
        : []),
      {
        data: { name: 'distance-by-training' },
        transform: [{ filter: `datum.quantity === '${of.quantity}'` }],
        mark: dot,
        encoding: { y, x: { ...x, field: 'value' } },
      },
      ...(lacks === 'reported'
        ? []
        : [
            {
              mark: reportedMark(ink),
              encoding: { y, x: { ...x, field: 'reported' } },
            },
          ]),
      text(
        unit === undefined ? label : `${label} (${unit})`,
        at.label,
        'left',
        isPhone ? { fontWeight: 600 } : { dx: -labelRoom },
      ),
      ...words.map(({ claim, holds, fails, undecided }, nth) => ({
        data: { name: `claim.${claim}` },
        transform: [
          {
            calculate: `datum.verdict === 'holds' ? '${holds}' : datum.verdict === 'fails' ? '${fails}' : '${undecided}'`,
            as: 'word',
          },
        ],
        mark: { type: 'text', baseline: 'top', align: 'left', color: ink, dx: isPhone ? nth * 160 : 10 },
        encoding: {
          x: { value: isPhone ? 0 : 'width' },
          y: { value: isPhone ? at.first : at.first + nth * line - (words.length - 1) * 3 },
          text: { field: 'word' },
        },
      })),
    ],
  };
};

/** What the marks are, since the drawing also stands where it has no caption: each with its name at so many pixels. */
const key = () => {
  const middle = { value: strip / 2 };
  const named = (text: string, left: number, mark: object, encoding: object = {}) => [
    { mark, encoding: { x: { value: left }, y: middle, ...encoding } },
    {
      mark: { type: 'text', text, align: 'left', baseline: 'middle', color: ink, fontSize: 11 },
      encoding: { x: { value: left + 9 }, y: middle },
    },
  ];
  return {
    data: { name: 'distance-from-chance' },
    transform: [{ filter: `datum.quantity === '${rows[0]!.quantity}'` }],
    height: strip,
    layer: [
      ...named(
        'chance',
        5,
        { type: 'rect', ...nullBand },
        { x: { value: 0 }, x2: { value: 10 }, y: { value: 2 }, y2: { value: strip - 2 } },
      ),
      ...named('Paper 54', 68, reportedMark(ink)),
      ...named('a training', 142, dot),
      ...named('control', 216, triangle),
    ],
  };
};

const figure = (isPhone: boolean) => ({
  spacing: isPhone ? 6 : 2,
  vconcat: [key(), ...rows.map((of) => row(of, isPhone))],
});

export default { ...figure(false), usermeta: { phone: figure(true) } };
