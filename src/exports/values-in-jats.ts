import { bare, type CarriedValue } from './carried-value.ts';

/** Every `named-content` of a value, by a parser of XML. */
export const valuesInJats = async (xml: string): Promise<readonly CarriedValue[]> => {
  const { ParseOption, XmlDocument } = await import('libxml2-wasm');
  const document = XmlDocument.fromString(xml, {
    option: ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_HUGE | ParseOption.XML_PARSE_BIG_LINES,
  });
  try {
    return document.find('//named-content[@content-type="value"]').map((node) => ({
      id: node.get('@vocab-term')?.content ?? '',
      text: bare(node.content),
      line: node.line,
    }));
  } finally {
    document.dispose();
  }
};
