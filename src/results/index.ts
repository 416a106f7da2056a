/** What an author imports: what a stage writes, and how the page shows it. */

export { nameColumn, numberColumn } from './columns.ts';
export { count, type Format, fixed, scientific, share, signed, significant } from './format.ts';
export type { Tables, Values } from './presentation.ts';
export { readResults } from './read-results.ts';
export type { Cell, Column, NullSummary, ResultInput, Row } from './result-schema.ts';
export { writeResults } from './write-results.ts';
