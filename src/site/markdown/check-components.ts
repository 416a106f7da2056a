import type { Root } from 'mdast';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { nearestHint } from '../../engine/stage/index.ts';
import { forgedMessage, isResultAttribute } from '../result-attribute.ts';
import { placeOfAttribute, placeOfElement, unreadMessage } from '../unread-content.ts';
import { broughtNames, namesIn } from './brought-names.ts';
import { attributesOf, componentNames } from './component-names.ts';
import { elementsInCode } from './elements-in-code.ts';
import { reportFault } from './faults.ts';
import { attributeOf, authorError, isJsx, type JsxNode } from './jsx-node.ts';

const isPlain = (name: string): boolean => /^[a-z][^.]*$/.test(name);

const inCode = (name: string): string => name.split('.').find((part) => componentNames.has(part)) ?? name;

/** What the parser gives of code: of braces, of attributes, of imports and exports. */
const programOf = (node: unknown): unknown =>
  (node as { readonly data?: { readonly estree?: unknown } } | null | undefined)?.data?.estree;

/** A plain element brings nothing that only a reader's browser can read. */
const checkReadable = (name: string, attributes: JsxNode['attributes'], node: Node, file: VFile): void => {
  if (!isPlain(name)) return;
  const found = [
    { what: `<${name}>`, place: placeOfElement(name) },
    ...attributes.map((attribute) => ({
      what: `'${attribute.name}' of <${name}>`,
      place: placeOfAttribute(
        attribute.name ?? '',
        typeof attribute.value === 'object' ? undefined : String(attribute.value ?? ''),
      ),
    })),
  ];
  for (const { what, place } of found) {
    if (place === undefined) continue;
    reportFault(file, authorError('UnreadContent', unreadMessage(what), file, node, place));
  }
};

/** Of code the elements that are no plain HTML: none of them goes through the rules of the text. */
const checkCode = (code: unknown, isModule: boolean, file: VFile): void => {
  for (const { name, node } of elementsInCode(code)) {
    checkReadable(name, [], node, file);
    // What a page's own components print is looked at where the text names them.
    if (isModule ? !componentNames.has(inCode(name)) : isPlain(name)) continue;
    reportFault(
      file,
      authorError(
        'ComponentInCode',
        `<${name}> stands within code, where nothing can look at what it prints.`,
        file,
        node,
        `write <${inCode(name)}> in the text itself, outside of braces and exports.`,
      ),
    );
  }
};

/** What takes the place of what stands between the tags. */
const contentAttributes: ReadonlySet<string> = new Set(['children', 'set:html', 'set:text']);

/** @param own names of components that a site has in the place of these: what they take is theirs */
const checkAttributes = ({ attributes, ...node }: JsxNode, own: ReadonlySet<string>, file: VFile): void => {
  const fault = (name: string, message: string, hint: string): void =>
    reportFault(file, authorError(name, message, file, node, hint));
  const names = attributes.flatMap(({ name }) => name ?? []);
  if (names.length < attributes.length) {
    fault(
      'SpreadAttributes',
      `<${node.name}> has attributes that code gives it, and nothing can look at them before they are used.`,
      `write each by itself, as text: <${node.name} ${names[0] ?? 'of'}="…">.`,
    );
  }
  const taken = attributesOf[node.name ?? ''];
  const strange = names.find(
    (name) => !taken?.includes(name) && !contentAttributes.has(name) && !isResultAttribute(name),
  );
  // Of a citation the whole form is told, where it is read.
  if (taken && strange !== undefined && node.name !== 'Cite' && !own.has(node.name ?? '')) {
    const hint = taken.length === 0 ? 'take it out.' : nearestHint(strange, taken);
    // Where what it has to say is missing, that is told with what to write.
    const isSaid = taken.length === 0 || names.includes(taken[0]!) || hint.startsWith('did you mean');
    if (isSaid) fault('UnknownAttribute', `<${node.name}> takes no '${strange}'.`, hint);
  }
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) {
    fault(
      'DuplicateAttribute',
      `<${node.name}> has two attributes '${twice}'.`,
      'one of them counts: remove the other.',
    );
  }
  if (node.name === 'Equation' && !attributeOf({ ...node, attributes }, 'id')) {
    fault(
      'MissingAttribute',
      '<Equation> has no id, as a text, by which it is referred to.',
      'write <Equation id="its-name">.',
    );
  }
  const content = names.find((name) => contentAttributes.has(name));
  if (content !== undefined) {
    fault(
      'ContentInAttribute',
      `<${node.name}> has its content in an attribute '${content}', where nothing can look at it.`,
      `write it between the tags: <${node.name}>…</${node.name}>.`,
    );
  }
};

/** What a result printed or a verdict decided is said by attributes that the site gives. */
const checkElement = (node: JsxNode, file: VFile): void => {
  const name = node.attributes.find((attribute) => isResultAttribute(attribute.name ?? ''))?.name;
  if (name === undefined) return;
  reportFault(
    file,
    authorError(
      'ForgedResult',
      forgedMessage(name, `<${node.name}>`),
      file,
      node,
      'write <Value>, <Reported>, <Claim>, <ResultTable> or <Figure>: it gives the attribute itself.',
    ),
  );
};

/** Those that hold a name, such as a table's, are nearer to it than others that are spelt alike. */
const meantBy = (name: string): readonly string[] => {
  const holding = [...componentNames].filter((known) => known.toLowerCase().endsWith(name.toLowerCase()));
  return holding.length > 0 ? holding : [...componentNames];
};

/** Names within a compiled page. */
const siteOwn: ReadonlySet<string> = new Set(['props', 'arguments', '_components']);

/**
 * What a page gets as it is rendered is not the author's to name, and what nobody gives it cannot be printed.
 *
 * @param known undefined: what a site has of its own is not known
 */
const checkName = (node: JsxNode, known: ReadonlySet<string> | undefined, file: VFile): void => {
  const name = node.name ?? '';
  const [first = ''] = name.split('.');
  if (known && name !== '' && !isPlain(name) && !known.has(first) && !siteOwn.has(first)) {
    reportFault(
      file,
      authorError(
        'UnknownComponent',
        `there is no component <${name}>.`,
        file,
        node,
        `${nearestHint(name, meantBy(name))} One of your own is imported at the top of the page.`,
      ),
    );
  }
  if (!name.includes('.') || !siteOwn.has(first)) return;
  const last = name.split('.').at(-1) ?? '';
  reportFault(
    file,
    authorError(
      'UnknownComponent',
      `<${name}> names a component by '${first}', which is the site's own.`,
      file,
      node,
      componentNames.has(last) ? `write <${last}>.` : nearestHint(last, [...componentNames]),
    ),
  );
};

/**
 * The rules of the text see what stands in the text: components within code, or with attributes that only rendering
 * knows, are refused. Plain elements of HTML are not: what they print is looked at as it is printed. Faults:
 * ComponentInCode, SpreadAttributes, UnknownAttribute, DuplicateAttribute, ContentInAttribute, MissingAttribute,
 * ForgedResult, UnreadContent, UnknownComponent
 *
 * @param ownOf text of the module of a site's own components; empty: it has none; undefined: that is not known
 */
export const checkComponents = (ownOf: () => string | undefined) => () => (tree: Root, file: VFile) => {
  const own = ownOf();
  const known =
    own === undefined
      ? undefined
      : new Set(['Fragment', ...componentNames, ...namesIn(own), ...broughtNames(tree)]);
  visit(tree, (node: Node) => {
    checkCode(programOf(node), node.type === 'mdxjsEsm', file);
    if (!isJsx(node)) return;
    for (const attribute of node.attributes) {
      for (const code of [attribute, attribute.value]) checkCode(programOf(code), false, file);
    }
    if (componentNames.has(node.name ?? '')) checkAttributes(node, new Set(namesIn(own ?? '')), file);
    else checkElement(node, file);
    checkReadable(node.name ?? '', node.attributes, node, file);
    checkName(node, known, file);
  });
};
