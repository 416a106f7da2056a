/** A figure draws what stages computed: numbers that its author typed are refused, but for a rule that stands for a constant. */
import { PaperError } from '../engine/stage/index.ts';
import { type FigureSource, placeOf } from './figure-source.ts';
import { isPart, type Part, type PartPath } from './specification-part.ts';

/** Marks that may stand at a constant, and the channels that say where. */
const constantMarks: readonly unknown[] = ['rule', 'rect', 'text'];
const constantChannels = ['x', 'y', 'x2', 'y2'];

export const typedData = (source: FigureSource, detail: string, path: PartPath, word?: string): PaperError =>
  new PaperError('TypedData', `figure '${source.id}' draws data that no stage computed.`, {
    where: placeOf(source, path, word),
    details: [detail],
    hint: 'let a stage write it as a table or a series, and name that; a constant of a rule is a `datum`.',
  });

/** @throws TypedData for constants where a reader takes them for results */
export const requireComputed = (source: FigureSource, node: Part, path: PartPath): void => {
  if (path.length === 0 && 'datasets' in node) {
    throw typedData(source, 'expected names of results; received "datasets"', ['datasets'], 'datasets');
  }
  const { mark, encoding } = node;
  if (!isPart(encoding)) return;
  const kind = isPart(mark) ? mark['type'] : mark;
  for (const [channel, of] of Object.entries(encoding)) {
    const datum = isPart(of) ? of['datum'] : undefined;
    // A word names a series; what is repeated is a field.
    if (datum === undefined || typeof datum === 'string' || (isPart(datum) && 'repeat' in datum)) continue;
    if (constantMarks.includes(kind) && constantChannels.includes(channel)) continue;
    throw typedData(
      source,
      `expected a field for ${channel} of ${kind === undefined ? 'all layers' : `a ${kind}`}; received ${JSON.stringify(datum)}`,
      [...path, 'encoding', channel, 'datum'],
      'datum',
    );
  }
};
