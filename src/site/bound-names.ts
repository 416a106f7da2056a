import type { Pattern } from 'estree';
import { isPart, type Part } from './markdown/elements-in-code.ts';

/** The names that a declaration or a parameter gives values to. */
export const boundNames = (pattern: Pattern): readonly string[] => {
  // Of TypeScript: a parameter of a constructor that is a member as well.
  const { parameter } = pattern as { readonly parameter?: Pattern };
  if (parameter) return boundNames(parameter);
  if (pattern.type === 'Identifier') return [pattern.name];
  if (pattern.type === 'AssignmentPattern') return boundNames(pattern.left);
  if (pattern.type === 'RestElement') return boundNames(pattern.argument);
  if (pattern.type === 'ArrayPattern') return pattern.elements.flatMap((of) => (of ? boundNames(of) : []));
  if (pattern.type !== 'ObjectPattern') return [];
  return pattern.properties.flatMap((of) => boundNames(of.type === 'Property' ? of.value : of));
};

const declaredBy = (statement: unknown): readonly string[] => {
  if (!isPart(statement)) return [];
  const { declaration, declarations, specifiers, id } = statement as Part & Record<string, unknown>;
  // A type for what is there anyway.
  if (statement['declare'] === true) return [];
  if (/^Export/.test(statement.type)) return declaredBy(declaration);
  if (statement.type === 'ImportDeclaration')
    return (specifiers as readonly { local: { name: string } }[]).map(({ local }) => local.name);
  if (statement.type === 'VariableDeclaration')
    return (declarations as readonly { id: Pattern }[]).flatMap((of) => boundNames(of.id));
  return /^(?:Function|Class|TSEnum|TSModule|TSImportEquals)Declaration$/.test(statement.type) && isPart(id)
    ? [String(id.name)]
    : [];
};

/** The names that code itself gives a meaning: no global is meant by them within. */
export const declaredIn = (part: Part): readonly string[] => {
  const { body, cases, params, param, init, left, id, frontmatter } = part as Part & Record<string, unknown>;
  const own = [body, ...(Array.isArray(cases) ? cases.map((of: Part) => of['consequent']) : [])].flatMap(
    (of) => (Array.isArray(of) ? of.flatMap(declaredBy) : []),
  );
  // In the form of the one that is not a part, the parser gives parameters their own.
  const given = (Array.isArray(params) ? params : [param]).filter(isPart);
  const named = /Function|Class/.test(part.type) && isPart(id) ? [String(id.name)] : [];
  return [
    ...own,
    ...named,
    ...given.flatMap((of) => boundNames(of as unknown as Pattern)),
    ...(/^For/.test(part.type) ? [...declaredBy(init), ...declaredBy(left)] : []),
    ...(isPart(frontmatter) && isPart(frontmatter['program']) ? declaredIn(frontmatter['program']) : []),
  ];
};
