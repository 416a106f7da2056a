/** What a command keeps below `.paper` for the next one: anybody may have edited it, or put something else in its place. */
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { writeWhole } from '../engine/index.ts';

/** Undefined for whatever is no record of this form: nothing there, a folder, a text that was cut off, another form. */
export const readKept = <Kept>(file: string, schema: z.ZodType<Kept>): Kept | undefined => {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
};

/** A folder where a file belongs was put there by somebody: what is written takes its place. */
export const clearPlace = (file: string): void => {
  mkdirSync(dirname(file), { recursive: true });
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) rmSync(file, { recursive: true });
};

/** Writes a text whole, or not at all. */
export const writeKeptText = (file: string, text: string): void => {
  clearPlace(file);
  writeWhole(file, text);
};

/** @param kept passes through JSON */
export const writeKept = (file: string, kept: unknown): void => writeKeptText(file, JSON.stringify(kept));
