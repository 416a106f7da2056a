/** What is wrong with the code of a stage, as the bundler finds it. */
import type { Message } from 'esbuild';
import { PaperError, type SourcePosition } from '../stage/paper-error.ts';

/** UntraceableImport @param found what stands there */
export const untraceable = (where: SourcePosition | undefined, found: string): PaperError =>
  new PaperError(
    'UntraceableImport',
    `a stage's code imports something that is only known when it runs: ${found}`,
    {
      where,
      details: [
        'expected import() or import.meta.resolve() of a literal; received a computed one, or createRequire',
      ],
      hint: 'a key that is complete before the run needs every import by name: write the name out, or import all candidates and choose.',
    },
  );

const positionOf = ({ location }: Message): SourcePosition | undefined =>
  location ? { file: location.file, line: location.line, column: location.column + 1 } : undefined;

/** UntraceableImport, of what the bundler says of a line. */
export const untraceableOf = (message: Message): PaperError =>
  untraceable(positionOf(message), message.location?.lineText.trim() ?? message.text);

/** ImportDropped @param name of what is imported */
export const importDropped = (name: string, where: SourcePosition | undefined): PaperError =>
  new PaperError(
    'ImportDropped',
    `a stage imports '${name}' for what it does, and its package says that it does nothing.`,
    {
      where,
      details: [
        'expected no `sideEffects: false` in its package.json; received it, and a bundler leaves such an import out',
      ],
      hint: `write \`await import('${name}');\` in its place: that runs whatever a package says; or import a name of it, and use it.`,
    },
  );

/** WorkerNamesItself @param name by which a module is reached from itself */
export const namesItself = (name: string, where: SourcePosition | undefined): PaperError =>
  new PaperError('WorkerNamesItself', `a worker's code names a file that it is started by: '${name}'.`, {
    where,
    details: [
      'expected the file of another worker or of data; received one whose bundle would hold its own digest',
    ],
    hint: 'give the worker a file of its own; one that starts itself again does so by `new Worker(new URL(import.meta.url))`.',
  });

/**
 * What runs would be other than what Node would run of the same code. Of esbuild's other warnings none is of that kind: what
 * it names means the same in Node, or fails aloud in a bundle.
 *
 * @returns ImportDropped, UntraceableImport; undefined where the code means what it meant
 */
export const faultOfWarning = (message: Message): PaperError | undefined => {
  const { file = '', lineText = '', column = 0 } = message.location ?? {};
  if (file.includes('node_modules/')) return undefined;
  if (message.id.startsWith('unsupported-')) return untraceableOf(message);
  if (message.id !== 'ignored-bare-import') return undefined;
  const [, name = ''] = /^['"]([^'"]+)/.exec(lineText.slice(column)) ?? [];
  return importDropped(name, positionOf(message));
};

/** StageCodeBroken @param text as the bundler puts it */
export const broken = (text: string, where: SourcePosition | undefined): PaperError => {
  const missing = /^Could not resolve "([^"]+)"/.exec(text)?.[1];
  const isPackage = missing !== undefined && !/^[./]/.test(missing);
  return new PaperError('StageCodeBroken', text, {
    where,
    hint: isPackage
      ? `a stage is bundled before it runs: install the package, \`npm install --save-exact ${missing}\`, or mend its name.`
      : 'a stage is bundled before it runs; mend the import or the syntax at this place.',
  });
};

/** @throws what was thrown in a plugin, whole; UntraceableImport, StageCodeBroken of what the bundler found itself */
export const plainly = (cause: { readonly errors?: readonly Message[] }): never => {
  const first = cause.errors?.[0];
  if (!first) throw cause;
  if (first.detail instanceof PaperError) throw first.detail;
  // A pattern that no file is like.
  if (/^Could not resolve (import|require)\(/.test(first.text)) throw untraceableOf(first);
  throw broken(first.text, positionOf(first));
};
