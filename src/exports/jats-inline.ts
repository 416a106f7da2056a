import type { Element as HtmlElement } from 'hast';
import type { Element, ElementContent } from 'xast';
import { x } from 'xastscript';
import type { Anchors } from './anchors-in.ts';
import type { Formula, Inline, Mark } from './export-document.ts';

const elements: Readonly<Record<Mark, string>> = {
  emphasis: 'italic',
  strong: 'bold',
  code: 'monospace',
  superscript: 'sup',
  subscript: 'sub',
  small: 'styled-content',
  framed: 'styled-content',
  struck: 'strike',
};

/** A name of XML: an anchor may hold signs that such a name may not. */
export const xmlId = (id: string): string =>
  id
    .replace(/[^\p{L}\p{N}._-]/gu, (sign) => `_${sign.codePointAt(0)!.toString(16)}_`)
    .replace(/^(?=[\p{N}.-])/u, '_');

/** Letters that XML cannot hold are none of a text's. */
export const xmlLetters = (text: string): string =>
  text.replace(/(?![\t\n\r])\p{Cc}|[\p{Cs}\ufffe\uffff]/gu, '');

/** KaTeX's MathML in the namespace prefix of JATS, without its annotation. */
const mathml = (node: HtmlElement): Element => {
  const attributes = Object.fromEntries(
    Object.entries(node.properties)
      .filter(([name]) => name !== 'xmlns' && name !== 'className' && name !== 'style')
      .map(([name, value]) => [name.toLowerCase(), [value].flat().join(' ')]),
  );
  const children = node.children.flatMap((child): ElementContent[] => {
    if (child.type === 'text') return [{ type: 'text', value: xmlLetters(child.value) }];
    if (child.type !== 'element' || child.tagName === 'annotation') return [];
    return child.tagName === 'semantics'
      ? child.children.flatMap((inner) =>
          inner.type === 'element' && inner.tagName !== 'annotation' ? [mathml(inner)] : [],
        )
      : [mathml(child)];
  });
  return x(`mml:${node.tagName}`, attributes, children);
};

/** A formula twice: as TeX, and as MathML. */
export const jatsFormula = ({ tex, mathml: math }: Formula): Element =>
  x('alternatives', [x('tex-math', xmlLetters(tex)), mathml(math)]);

const jatsInline = (inline: Inline, anchors: Anchors): ElementContent[] => {
  switch (inline.kind) {
    case 'text':
      return [{ type: 'text', value: xmlLetters(inline.text) }];
    case 'value':
      return [
        x(
          'named-content',
          { 'content-type': 'value', vocab: 'results.json', 'vocab-term': inline.id },
          jatsInlines(inline.children, anchors),
        ),
      ];
    case 'math':
      return [x('inline-formula', [jatsFormula(inline.math)])];
    case 'claim':
      return [
        x(
          'named-content',
          {
            id: xmlId(`claim-${inline.id}`),
            'content-type': `claim-${inline.verdict}`,
            vocab: 'results.json',
            'vocab-term': inline.id,
          },
          jatsInlines(inline.children, anchors),
        ),
      ];
    case 'link':
      return [
        x(
          'ext-link',
          { 'ext-link-type': 'uri', 'xlink:href': inline.href },
          jatsInlines(inline.children, anchors),
        ),
      ];
    case 'reference':
      return [
        x(
          'xref',
          { 'ref-type': anchors.get(inline.to) ?? 'other', rid: xmlId(inline.to) },
          jatsInlines(inline.children, anchors),
        ),
      ];
    case 'anchor':
      return [x('target', { id: xmlId(inline.id) })];
    case 'break':
      return [{ type: 'text', value: ' ' }];
    case 'marked':
      return [
        x(
          elements[inline.mark],
          elements[inline.mark] === 'styled-content' ? { 'style-type': inline.mark } : {},
          jatsInlines(inline.children, anchors),
        ),
      ];
  }
};

/** Inline text as JATS; a value carries its name: `<named-content content-type="value" vocab-term="…">`. */
export const jatsInlines = (inlines: readonly Inline[], anchors: Anchors): ElementContent[] =>
  inlines.flatMap((inline) => jatsInline(inline, anchors));
