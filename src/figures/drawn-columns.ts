import { fieldsRead } from './expression-fields.ts';
import { isPart, type Part } from './specification-part.ts';

const fieldsOf = (node: unknown): readonly string[] => {
  if (Array.isArray(node)) return node.flatMap(fieldsOf);
  if (!isPart(node)) return [];
  const { field, fold, calculate, filter } = node;
  const read = [calculate, filter].flatMap((expression) =>
    typeof expression === 'string' ? fieldsRead(expression) : [],
  );
  const named = [field, fold].flat().filter((name) => typeof name === 'string');
  return [...named, ...read, ...Object.values(node).flatMap(fieldsOf)];
};

/** Of a dataset's columns those that a specification draws, or calculates from, in the order of the dataset. */
export const drawnColumns = (spec: Part, columns: readonly string[]): readonly string[] => {
  const fields = new Set(fieldsOf(spec));
  return columns.filter((column) => fields.has(column));
};
