import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type AnySchemaObject, type ErrorObject, type ValidateFunction } from 'ajv';
import { nearestHint, PaperError } from '../engine/stage/index.ts';
import { type FigureSource, placeOf } from './figure-source.ts';

interface Validator {
  readonly validate: ValidateFunction;
  /** Those of any part of a specification. */
  readonly properties: ReadonlySet<string>;
}

let compiled: Validator | undefined;

/** The schema of Vega-Lite takes a second to compile: only where something is drawn. */
const validator = (): Validator => {
  if (compiled) return compiled;
  const path = createRequire(import.meta.url).resolve('vega-lite/vega-lite-schema.json');
  const schema = JSON.parse(readFileSync(path, 'utf8')) as {
    readonly definitions: Readonly<Record<string, AnySchemaObject>>;
  };
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    verbose: true,
    // The schema names formats of colours and addresses that are not checked here.
    validateFormats: false,
    // Some dozens of figures are held against it: faster code would take twice the time to make, and save none of it.
    code: { optimize: false },
    inlineRefs: false,
  });
  compiled = {
    validate: ajv.compile(schema),
    properties: new Set(
      Object.values(schema.definitions).flatMap((part) => Object.keys(part['properties'] ?? {})),
    ),
  };
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

/** Whether something in a part is a word that none of its forms knows there: then that is wrong, and no property. */
const hasWrongWord = (errors: readonly ErrorObject[], part: string): boolean => {
  const choices = errors.filter(
    ({ keyword, instancePath }) =>
      ['enum', 'const'].includes(keyword) &&
      instancePath.startsWith(`${part}/`) &&
      !instancePath.slice(part.length + 1).includes('/'),
  );
  const forms = errors.filter(
    ({ keyword, instancePath }) => keyword === 'additionalProperties' && instancePath === part,
  );
  // A form that takes all properties refuses nothing but the word.
  return choices.some(
    ({ instancePath, data }) =>
      typeof data === 'string' &&
      choices.filter((other) => other.instancePath === instancePath).length > forms.length,
  );
};

/** The most telling of many errors: a property that no alternative of the schema knows. */
const misspelt = (
  errors: readonly ErrorObject[],
  everyProperty: ReadonlySet<string>,
): Misspelt | undefined => {
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
  const nowhere = names.find((name) => !everyProperty.has(name));
  // An alternative that looked into a property knows it: what is wrong there tells more.
  const isLookedInto = (name: string): boolean =>
    errors.some(({ instancePath }) => `${instancePath}/`.startsWith(`${deepest.instancePath}/${name}/`));
  // At the top all forms but one refuse `mark`, or `layer`, whatever else is wrong.
  const isWrongInside =
    deepest.instancePath === ''
      ? errors.some(({ instancePath }) => instancePath !== '')
      : names.some(isLookedInto);
  if (nowhere === undefined && (isWrongInside || hasWrongWord(errors, deepest.instancePath)))
    return undefined;
  const stranger = nowhere ?? names.find((name) => !known.has(name));
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

/** Of values that are wrong, the innermost, and what it could be. */
const wrongValue = (source: FigureSource, errors: readonly ErrorObject[]): PaperError => {
  const innermost = errors.toSorted((a, b) => b.instancePath.length - a.instancePath.length)[0];
  const here = errors.filter(({ instancePath }) => instancePath === innermost?.instancePath);
  const allowed = here.flatMap(({ keyword, params }) => {
    if (keyword === 'enum') return (params as { allowedValues: readonly unknown[] }).allowedValues;
    return keyword === 'const' ? [(params as { allowedValue: unknown }).allowedValue] : [];
  });
  const words = [...new Set(allowed)].filter((word) => typeof word === 'string');
  const path = pathOf(innermost?.instancePath ?? '');
  const value: unknown = innermost?.data;
  const at = path.join('.') || 'the top';
  return typeof value === 'string' && words.length > 0
    ? badFigure(source, `Vega-Lite knows no '${value}' as ${at}`, nearestHint(value, words), path, value)
    : badFigure(source, `${at} ${innermost?.message}`, 'see the Vega-Lite documentation of this part.', path);
};

/** @throws BadFigure for what the JSON schema of Vega-Lite refuses */
export const requireValid = (source: FigureSource): void => {
  const { validate, properties } = validator();
  if (validate(source.spec)) return;
  const found = misspelt(validate.errors ?? [], properties);
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
  throw wrongValue(source, validate.errors ?? []);
};
