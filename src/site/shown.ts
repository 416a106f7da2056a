/** What code in a page prints, looked at as it is printed: the page's own text was looked at as it was compiled. */
import { PaperError, type SourcePosition } from '../engine/stage/index.ts';
import { isResultAttribute } from './result-attribute.ts';
import { componentInCode, failed, forged, typed, unread } from './shown-faults.ts';
import { isReadAttribute, typedNumber } from './typed-number.ts';
import { placeOfAttribute, placeOfElement } from './unread-content.ts';

/** Where code stands in a page, and the names with digits that its paper allows. */
export interface ShownPlace {
  readonly where: SourcePosition;
  readonly allowed: readonly string[];
}

/** An element that JSX made within code. */
const elementProps = (value: object): Readonly<Record<string, unknown>> | undefined =>
  'props' in value && typeof value.props === 'object' && value.props !== null
    ? (value.props as Record<string, unknown>)
    : undefined;

/** What renders itself, made without a tag: nothing of it can be looked at before it is printed. */
const rendersItself = (value: object): boolean =>
  ('props' in value && 'type' in value && typeof value.type === 'function') ||
  ('render' in value && typeof value.render === 'function');

/** What code gives an element beside its text. */
const requireReadable = (name: string, value: unknown, where: SourcePosition): void => {
  const place = placeOfAttribute(name, typeof value === 'string' ? value : undefined);
  if (place !== undefined) throw unread(`'${name}', which code gives,`, place, where);
};

const isThenable = (value: unknown): value is Promise<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

/** As the value itself, with everything looked at that may be printed of it. */
const looked = (value: unknown, place: ShownPlace): unknown => {
  const check = (text: string): void => {
    const found = typedNumber(text, place.allowed);
    if (found) throw typed(found.text, 'code', place.where);
  };
  if (typeof value === 'number' || typeof value === 'bigint') throw typed(String(value), 'code', place.where);
  if (typeof value === 'string') check(value);
  // What is called or waited for is looked at once it is there.
  if (typeof value === 'function')
    return (...given: readonly unknown[]) =>
      looked((value as (...of: readonly unknown[]) => unknown)(...given), place);
  if (isThenable(value)) return value.then((settled) => looked(settled, place));
  if (typeof value !== 'object' || value === null) return value;
  if (rendersItself(value)) throw componentInCode(place.where);
  const props = elementProps(value);
  if (props) {
    const type = 'type' in value ? String(value.type) : '';
    const unreadPlace = placeOfElement(type.toLowerCase());
    if (unreadPlace !== undefined) throw unread(`<${type}>`, unreadPlace, place.where);
    for (const [name, prop] of Object.entries(props)) {
      if (isResultAttribute(name)) throw forged(name, 'code', place.where);
      requireReadable(name, prop, place.where);
      if (name === 'children' || isReadAttribute(name)) looked(prop, place);
    }
  } else if (Symbol.iterator in value)
    for (const part of [...(value as Iterable<unknown>)]) looked(part, place);
  else check(String(value));
  return value;
};

/**
 * What an expression between braces gives the page.
 *
 * @throws TypedDigit, ForgedResult, UnreadContent, FailedExpression, ComponentInCode
 */
export const shown = (
  work: () => unknown,
  isRead: boolean,
  file: string,
  line: number,
  column: number,
  allowed: readonly string[],
): unknown => {
  const where = { file, line, column };
  let value: unknown;
  try {
    value = work();
  } catch (cause) {
    if (cause instanceof PaperError) throw cause;
    throw failed('the code between these braces', where, cause);
  }
  return isRead ? looked(value, { where, allowed }) : value;
};

/**
 * What several attributes at once give an element.
 *
 * @throws TypedDigit, ForgedResult, UnreadContent, FailedExpression, ComponentInCode
 */
export const shownAttributes = (...given: Parameters<typeof shown>): unknown => {
  const [, , file, line, column, allowed] = given;
  const attributes = shown(given[0], false, file, line, column, allowed);
  const result = Object.keys(attributes ?? {}).find(isResultAttribute);
  if (result !== undefined) throw forged(result, 'code', { file, line, column });
  for (const [name, value] of Object.entries(attributes ?? {})) {
    requireReadable(name, value, { file, line, column });
    if (name === 'children' || isReadAttribute(name))
      looked(value, { where: { file, line, column }, allowed });
  }
  return attributes;
};
