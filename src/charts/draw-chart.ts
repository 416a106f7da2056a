import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type AnySchemaObject, type ErrorObject } from 'ajv';
import * as fontkitten from 'fontkitten';
import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { nearestHint, PaperError, type SourcePosition } from '../engine/stage/index.ts';
import { figureConfig } from './figure-style.ts';

const require = createRequire(import.meta.url);

/** Text widths without a canvas, from the advance widths of the very font that the page serves. */
const measureText = (() => {
  const path = require.resolve(
    '@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2',
  );
  const font = fontkitten.create(readFileSync(path)) as fontkitten.Font;
  return (text: string, fontSize: number): number =>
    (font.glyphsForString(text).reduce((sum, { advanceWidth }) => sum + advanceWidth, 0) * fontSize) /
    font.unitsPerEm;
})();

const replaceTextMetrics = (): void => {
  // Exported, but missing from the package's types.
  const { textMetrics: metrics } = vega as unknown as {
    readonly textMetrics: { width: (item: { fontSize?: number; text?: unknown }, text?: unknown) => number };
  };
  metrics.width = (item, text) => measureText(String(text ?? item.text ?? ''), item.fontSize ?? 11);
};

const validate = (() => {
  const schema = JSON.parse(
    readFileSync(require.resolve('vega-lite/vega-lite-schema.json'), 'utf8'),
  ) as AnySchemaObject;
  // The schema names formats of colours and addresses that are not checked here.
  return new Ajv({ strict: false, allErrors: true, validateFormats: false, verbose: true }).compile(schema);
})();

/** The most telling of many errors: a field that no alternative of the schema knows. */
const misspelt = (
  errors: readonly ErrorObject[],
): { readonly path: string; readonly name: string; readonly known: readonly string[] } | undefined => {
  const unknown = errors.filter(({ keyword }) => keyword === 'additionalProperties');
  const deepest = unknown.toSorted((a, b) => b.instancePath.length - a.instancePath.length)[0];
  if (!deepest) return undefined;
  const { additionalProperty: name } = deepest.params as { additionalProperty: string };
  const known = unknown
    .filter(({ instancePath }) => instancePath === deepest.instancePath)
    .flatMap(({ parentSchema }) => Object.keys((parentSchema as AnySchemaObject)['properties'] ?? {}));
  return { path: deepest.instancePath, name, known: [...new Set(known)] };
};

/** Where the file that draws a figure says a word; the file alone where it does not. */
const placeOf = (id: string, word: string | undefined): SourcePosition => {
  const file = `src/charts/${id}.ts`;
  const text = word !== undefined && existsSync(file) ? readFileSync(file, 'utf8') : '';
  const at =
    word === undefined ? -1 : text.search(new RegExp(`(?<![\\w-])${word.replace(/\W/g, '\\$&')}(?![\\w-])`));
  if (at < 0) return { file };
  const before = text.slice(0, at).split('\n');
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
};

const badChart = (id: string, reason: string, hint: string, word?: string): PaperError =>
  new PaperError('BadChart', `figure '${id}' cannot be drawn: ${reason}.`, {
    where: placeOf(id, word),
    hint,
  });

const requireValid = (id: string, spec: TopLevelSpec): void => {
  if (validate(spec)) return;
  const found = misspelt(validate.errors ?? []);
  if (found) {
    throw badChart(
      id,
      `Vega-Lite knows no '${found.name}' at ${found.path || 'the top'}`,
      nearestHint(found.name, found.known),
      found.name,
    );
  }
  const first = validate.errors?.[0];
  throw badChart(
    id,
    `${first?.instancePath || 'the top'} ${first?.message}`,
    'see the Vega-Lite documentation of this part.',
  );
};

/** A data field that no row has draws an empty plot in silence. */
const requireFields = (id: string, spec: unknown, columns: readonly string[]): void => {
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    else if (node && typeof node === 'object') {
      const { field, data } = node as { field?: unknown; data?: unknown };
      // A layer with data of its own has fields of its own.
      if (data && node !== spec) return;
      if (typeof field === 'string' && !columns.includes(field)) {
        throw badChart(id, `its data hold no field '${field}'`, nearestHint(field, columns), field);
      }
      for (const [name, value] of Object.entries(node))
        if (name !== 'data' && name !== 'values') visit(value);
    }
  };
  visit(spec);
};

/**
 * A chart as SVG, with colours as CSS variables.
 *
 * @throws BadChart for a misspelt field or type, missing data, or anything that Vega warns of
 */
export const drawChart = async (
  id: string,
  spec: TopLevelSpec,
  columns: readonly string[],
): Promise<string> => {
  requireValid(id, spec);
  requireFields(id, spec, columns);
  replaceTextMetrics();
  const warnings: string[] = [];
  const collect = (...parts: readonly unknown[]) => {
    warnings.push(parts.map(String).join(' '));
    return logger;
  };
  const ignore = () => logger;
  const logger = { level: ignore, error: collect, warn: collect, info: ignore, debug: ignore };
  // Vega's type is an overload that only its own logger meets.
  const asLogger = logger as unknown as ReturnType<typeof vega.logger>;
  const { spec: compiled } = compile(spec, { config: figureConfig, logger: asLogger });
  const view = new vega.View(vega.parse(compiled), { renderer: 'none', logger: asLogger });
  try {
    await view.runAsync();
    if (warnings[0] !== undefined) {
      throw badChart(
        id,
        warnings[0],
        'Vega draws something else than was asked for; mend the specification.',
      );
    }
    return await view.toSVG();
  } finally {
    view.finalize();
  }
};
