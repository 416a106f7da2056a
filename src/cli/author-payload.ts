import type { ErrorPayload } from 'vite';

/** A line of a stack that no author wrote. */
const isForeign = (line: string): boolean => /^\s+at .*(?:node_modules|node:)/.test(line);

/**
 * What is shown over a page: of a stack the places in the project alone, and nothing where there are none. Whatever compiles
 * a page writes a stack of its own into an error that has none.
 */
export const authorPayload = <T extends { readonly type?: string } | string>(payload: T): T => {
  if (typeof payload === 'string' || payload.type !== 'error') return payload;
  const { err } = payload as unknown as ErrorPayload;
  const lines = (err.stack ?? '').split('\n').filter((line) => !isForeign(line));
  const stack = lines.some((line) => /^\s+at /.test(line)) ? lines.join('\n') : '';
  return Object.assign({}, payload, { err: { ...err, stack } });
};
