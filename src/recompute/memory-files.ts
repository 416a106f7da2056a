/** Files in memory, by the calls of `node:fs` that stages read and write with: stands in its place in a browser. */
import { joinBytes } from './join-bytes.ts';

/** In pieces, as they are written: a file of many is put together once, when it is read. */
const files = new Map<string, Uint8Array[]>();
const opened = new Map<number, string>();
let lastOpened = 2;

/** Puts a file where a stage will look for it. */
export const keepFile = (path: string, content: Uint8Array): void => {
  files.set(path, [content]);
};

export const dropFiles = (): void => files.clear();

export const existsSync = (path: string): boolean => files.has(path);

const piecesOf = (path: string): Uint8Array[] => {
  const pieces = files.get(path);
  if (!pieces) throw new Error(`the stage reads '${path}', which is none of its inputs`);
  return pieces;
};

const contentOf = (path: string): Uint8Array => {
  const [first, ...others] = piecesOf(path);
  if (first && others.length === 0) return first;
  const whole = joinBytes(piecesOf(path));
  files.set(path, [whole]);
  return whole;
};

const pathOf = (file: number): string => {
  const path = opened.get(file);
  if (path === undefined) throw new Error(`file ${file} is not open`);
  return path;
};

export const openSync = (path: string, flags: 'r' | 'w'): number => {
  if (flags === 'w') files.set(path, []);
  else piecesOf(path);
  lastOpened += 1;
  opened.set(lastOpened, path);
  return lastOpened;
};

export const closeSync = (file: number): void => {
  opened.delete(file);
};

export const fstatSync = (file: number): { readonly size: number } => ({
  size: contentOf(pathOf(file)).length,
});

/** Every file here is a plain one. @returns undefined for one that is none of the inputs */
export const statSync = (
  path: string,
): { readonly size: number; readonly isFile: () => boolean } | undefined => {
  if (!files.has(path)) return undefined;
  return { size: contentOf(path).length, isFile: () => true };
};

/** @returns how many bytes were there to read */
export const readSync = (
  file: number,
  into: Uint8Array,
  offset: number,
  length: number,
  position: number,
): number => {
  const part = contentOf(pathOf(file)).subarray(position, position + length);
  into.set(part, offset);
  return part.length;
};

export const readFileSync = (path: string, encoding?: 'utf8'): Uint8Array | string => {
  const content = contentOf(path);
  return encoding === undefined ? content.slice() : new TextDecoder().decode(content);
};

/** To a path as its whole content, to an open file at its end. */
export const writeFileSync = (target: string | number, content: Uint8Array | string): void => {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content.slice();
  if (typeof target === 'string') files.set(target, [bytes]);
  else piecesOf(pathOf(target)).push(bytes);
};
