/** Functions of the language as they are before a stage's code runs: what holds it does not go by what it puts there. */
import { stageGiven } from './stage-given.ts';

const { apply } = Reflect;
const { stringify } = JSON;
const { isArray } = Array;
const { hasOwn, keys } = Object;
const { startsWith, includes } = String.prototype;
const { then } = Promise.prototype;
const PlainError = Error;

/** Calls a function whatever stands in the place of its `apply`. */
export const call = apply as <Of, Given extends readonly unknown[], Result>(
  work: (this: Of, ...given: Given) => Result,
  of: Of,
  given: Given,
) => Result;

export const ownOf = <T>(of: Readonly<Record<string, T>>, name: string): T | undefined =>
  hasOwn(of, name) ? of[name] : undefined;

export const begins = (text: string, start: string): boolean => call(startsWith, text, [start]);

export const holds = (text: string, part: string): boolean => call(includes, text, [part]);

/** As JSON, which no `toJSON` of a prototype has a part in. */
export const asJson = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return stringify(value) ?? 'null';
  let text = '';
  if (isArray(value)) {
    for (let at = 0; at < value.length; at += 1) text += `${at > 0 ? ',' : ''}${asJson(value[at])}`;
    return `[${text}]`;
  }
  const names = keys(value);
  for (let at = 0; at < names.length; at += 1) {
    const name = names[at]!;
    const member = (value as Record<string, unknown>)[name];
    if (member !== undefined) text += `${text === '' ? '' : ','}${stringify(name)}:${asJson(member)}`;
  }
  return `{${text}}`;
};

/** Told when a promise fails, and throws in its place. */
export const whenRejected = (
  promise: Promise<unknown>,
  change: (error: unknown) => unknown,
): Promise<unknown> =>
  call(then as (...given: unknown[]) => Promise<unknown>, promise, [
    undefined,
    (error: unknown) => {
      throw change(error);
    },
  ]);

/** An error, and where it came up, whatever a stage has made of stacks. */
export const errorHere = (message: string): { readonly error: Error; readonly stack: string } => {
  const { stackTraceLimit, prepareStackTrace } = PlainError;
  let stack = '';
  let error: Error | undefined;
  try {
    PlainError.stackTraceLimit = stageGiven.stackTraceLimit;
    Reflect.set(PlainError, 'prepareStackTrace', undefined);
    error = new PlainError(message);
    stack = String(error.stack);
    PlainError.stackTraceLimit = stackTraceLimit;
    Reflect.set(PlainError, 'prepareStackTrace', prepareStackTrace);
  } catch {
    // A class of errors that cannot be changed any more: they are told without a place.
  }
  return { error: error ?? new PlainError(message), stack };
};
