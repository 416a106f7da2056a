/** What is wrong with what code or a component prints, told at the place where it stands in the page. */
import { PaperError, type SourcePosition } from '../engine/stage/index.ts';
import { forgedMessage } from './result-attribute.ts';
import { typedDigit } from './typed-number.ts';
import { unreadMessage } from './unread-content.ts';

/** What renders a page writes a hint of its own over that of an error. */
const withKeptHint = (error: PaperError): PaperError => {
  const { hint } = error;
  return Object.defineProperty(error, 'hint', { enumerable: true, get: () => hint, set: () => {} });
};

export const typed = (number: string, what: string, where: SourcePosition): PaperError => {
  const { message, hint } = typedDigit(
    number,
    `is printed by ${what}`,
    'let a stage compute it and name it: <Value of="table.column.mean" />',
  );
  return withKeptHint(new PaperError('TypedDigit', message, { where, hint }));
};

export const failed = (what: string, where: SourcePosition, cause: unknown): PaperError =>
  withKeptHint(
    new PaperError(
      'FailedExpression',
      `${what} fails as the page is rendered: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        where,
        hint: 'mend it there; braces that are meant as text are written {"{"} and {"}"}, and braces of sets stand in a formula: $\\{x\\}$.',
        cause,
      },
    ),
  );

export const componentInCode = (where: SourcePosition): PaperError =>
  withKeptHint(
    new PaperError('ComponentInCode', 'code makes a component, and nothing can look at what it prints.', {
      where,
      hint: 'write its tag in the text itself, outside of braces and exports.',
    }),
  );

export const forged = (attribute: string, what: string, where: SourcePosition): PaperError =>
  withKeptHint(
    new PaperError('ForgedResult', forgedMessage(attribute, what), {
      where,
      hint: 'write <Value>, <Reported>, <Claim>, <ResultTable> or <Figure> in the text itself; between the tags of a component, it prints it by <slot />.',
    }),
  );

export const unread = (what: string, hint: string, where: SourcePosition): PaperError =>
  withKeptHint(new PaperError('UnreadContent', unreadMessage(what), { where, hint }));
