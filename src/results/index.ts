/**
 * What an author imports: what a stage writes, and how the page shows it. All of it leaves a stage's bundle where it is
 * not called, so that the way a number is shown is in no key: nothing here runs when it is imported.
 */

export { nameColumn, numberColumn } from './columns.ts';
export { count, type Format, fixed, scientific, share, signed, significant } from './format.ts';
export type { Tables, Values } from './presentation.ts';
export type { Cell, Column, NullSummary, PlainCell, ResultInput, Row } from './result-schema.ts';
export { writeResults } from './write-results.ts';
