import { randomBytes } from 'node:crypto';
import { PaperError } from '../engine/stage/index.ts';
import { htmlParts } from './html-parts.ts';
import { isResultAttribute } from './result-attribute.ts';
import type { ShownPlace } from './shown.ts';
import { failed, forged, typed, unread } from './shown-faults.ts';
import { typedNumber } from './typed-number.ts';
import { bringsDocument, placeOfElement } from './unread-content.ts';

/** Of this process alone, so that no component can write it. Of letters, so that it is no number where one reads it. */
const given = `given-${randomBytes(16)
  .toString('hex')
  .replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)]!)}`;
const anyGiven = new RegExp(`<!--${given}-->[\\s\\S]*?<!--/${given}-->`, 'g');
const anyMark = new RegExp(`(<|&lt;)!--/?${given}--(>|&gt;)`, 'gi');

/** What a page's text gives a component between its tags: the rules of the text have looked at it. */
export const asGiven = (html: string): string =>
  `<!--${given}-->${html.replace(anyMark, '')}<!--/${given}-->`;

/**
 * The HTML of a component that a page brought itself; what its scripts and styles do in a browser is not looked at.
 *
 * @throws TypedDigit, ForgedResult, UnreadContent, FailedExpression
 */
export const shownComponent = async (
  render: () => Promise<string>,
  name: string,
  { where, allowed }: ShownPlace,
): Promise<string> => {
  let html: string;
  try {
    html = await render();
  } catch (cause) {
    if (cause instanceof PaperError) throw cause;
    throw failed(`<${name}>`, where, cause);
  }
  const { texts, attributes, elements } = htmlParts(html.replace(anyGiven, '').replace(anyMark, ''));
  for (const text of texts) {
    const found = typedNumber(text, allowed);
    if (found) throw typed(found.text, `<${name}>`, where);
  }
  const result = attributes.find(isResultAttribute);
  if (result !== undefined) throw forged(result, `<${name}>`, where);
  const tag = elements.find(bringsDocument);
  if (tag !== undefined) throw unread(`the <${tag}> of <${name}>`, placeOfElement(tag) ?? '', where);
  return html.replace(anyMark, '');
};
