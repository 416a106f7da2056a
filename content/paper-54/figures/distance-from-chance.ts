/**
 * What Paper 54 said, what chance gives, what we found: a row a quantity, each on an axis of its own, and at its right what
 * its claims came to. On a phone what is asked stands above its strip.
 */
import { ink, nullBand, reportedMark, seriesColour, seriesShape } from 'reproducible-paper/figures';
import { type LeadQuantity, leadQuantities } from '../lead-quantities.ts';

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

const row = (of: LeadQuantity, isPhone: boolean) => {
  const x = {
    type: 'quantitative',
    title: null,
    scale: { padding: 8, ...(of.scale ?? { zero: true }) },
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
    transform: [{ filter: `datum.quantity === '${leadQuantities[0]!.quantity}'` }],
    height: strip,
    layer: [
      ...named(
        'chance',
        5,
        { type: 'rect', ...nullBand },
        { x: { value: 0 }, x2: { value: 10 }, y: { value: 2 }, y2: { value: strip - 2 } },
      ),
      ...named('Paper 54', 68, reportedMark(ink)),
      ...named('a run', 142, dot),
      ...named('control', 216, triangle),
    ],
  };
};

const figure = (isPhone: boolean) => ({
  spacing: isPhone ? 6 : 2,
  vconcat: [key(), ...leadQuantities.map((of) => row(of, isPhone))],
});

export default { ...figure(false), usermeta: { phone: figure(true) } };
