import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type AnySchemaObject, type ErrorObject, type ValidateFunction } from 'ajv';
import { nearestHint, PaperError } from '../engine/stage/index.ts';
import { type FigureSource, placeOf } from './figure-source.ts';

let compiled: ValidateFunction | undefined;

/** The schema of Vega-Lite takes a second to compile: only where something is drawn. */
const validator = (): ValidateFunction => {
  const path = createRequire(import.meta.url).resolve('vega-lite/vega-lite-schema.json');
  // The schema names formats of colours and addresses that are not checked here.
  compiled ??= new Ajv({
    strict: false,
    allErrors: true,
    validateFormats: false,
    verbose: true,
  }).compile(JSON.parse(readFileSync(path, 'utf8')) as AnySchemaObject);
  return compiled;
};

interface Misspelt {
  readonly path: readonly (string | number)[];
  /** A property that no form of the part has; where each has one, all that do not go together. */
  readonly names: readonly [string, ...string[]];
  readonly known: readonly string[];
}

const pathOf = (pointer: string): readonly (string | number)[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~')));

/** The most telling of many errors: a property that no alternative of the schema knows. */
const misspelt = (errors: readonly ErrorObject[]): Misspelt | undefined => {
  const unknown = errors.filter(({ keyword }) => keyword === 'additionalProperties');
  const deepest = unknown.toSorted((a, b) => b.instancePath.length - a.instancePath.length)[0];
  if (!deepest) return undefined;
  const here = unknown.filter(({ instancePath }) => instancePath === deepest.instancePath);
  const known = new Set(
    here.flatMap(({ parentSchema }) => Object.keys((parentSchema as AnySchemaObject)['properties'] ?? {})),
  );
  const names = [
    ...new Set(here.map(({ params }) => (params as { additionalProperty: string }).additionalProperty)),
  ] as [string, ...string[]];
  const stranger = names.find((name) => !known.has(name));
  return {
    path: pathOf(deepest.instancePath),
    names: stranger === undefined ? names : [stranger],
    known: [...known],
  };
};

export const badFigure = (
  source: FigureSource,
  reason: string,
  hint: string,
  path: readonly (string | number)[] = [],
  word?: string,
): PaperError =>
  new PaperError('BadFigure', `figure '${source.id}' cannot be drawn: ${reason}.`, {
    where: placeOf(source, path, word),
    hint,
  });

/** @throws BadFigure for what the JSON schema of Vega-Lite refuses */
export const requireValid = (source: FigureSource): void => {
  const validate = validator();
  if (validate(source.spec)) return;
  const found = misspelt(validate.errors ?? []);
  if (found) {
    const at = found.path.length === 0 ? 'at the top' : `in ${found.path.join('.')}`;
    const [name, ...others] = found.names;
    throw badFigure(
      source,
      others.length === 0
        ? `Vega-Lite knows no '${name}' ${at}`
        : `${found.names.map((each) => `'${each}'`).join(', ')} do not go together ${at}`,
      others.length === 0
        ? nearestHint(name, found.known)
        : 'see the Vega-Lite documentation of this part: one of its forms has each, none has all.',
      [...found.path, name],
      name,
    );
  }
  const first = validate.errors?.[0];
  const path = pathOf(first?.instancePath ?? '');
  throw badFigure(
    source,
    `${path.join('.') || 'the top'} ${first?.message}`,
    'see the Vega-Lite documentation of this part.',
    path,
  );
};
