/** Where in what the author wrote: 1-based, as editors count. */
export interface SourcePosition {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

export interface PaperErrorOptions {
  /** What to do next, with the fix or the nearest valid name. */
  readonly hint: string;
  readonly where?: SourcePosition | undefined;
  /** Further indented lines: expected, then received. */
  readonly details?: readonly string[];
  readonly cause?: unknown;
}

/**
 * An error made for a person: what happened and why, where, and what to do next. Its name is permanent.
 * Anything else that is thrown is a fault of the program and is reported as internal.
 */
export class PaperError extends Error {
  override readonly name: string;
  readonly hint: string;
  readonly where: SourcePosition | undefined;
  readonly details: readonly string[];

  constructor(name: string, message: string, { hint, where, details = [], cause }: PaperErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = name;
    this.hint = hint;
    this.where = where;
    this.details = details;
  }
}

/** `file:line:column`, as far as known. */
export const formatPosition = ({ file, line, column }: SourcePosition): string =>
  [file, line, column].filter((part) => part !== undefined).join(':');

/** The text that a person reads on the terminal: name and message, position, details, hint. */
export const formatError = (error: PaperError): string =>
  [
    `${error.name}: ${error.message}`,
    ...(error.where ? [`  ${formatPosition(error.where)}`] : []),
    ...error.details.map((line) => `  ${line}`),
    `  hint: ${error.hint}`,
  ].join('\n');
