import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PaperError } from '../engine/stage/index.ts';
import { jatsDoctype } from './write-jats.ts';

/** The DTD of the package: it reads what it consists of from beside it, and nothing is fetched. */
const dtdAddress = (): string => {
  const schemas = join(
    dirname(createRequire(import.meta.url).resolve('@jats4r/dtds/package.json')),
    'schema',
  );
  return pathToFileURL(join(schemas, '1.3', jatsDoctype.system.split('/').at(-1)!)).href;
};

/** What is told of a file that has many faults. */
const toldFaults = 5;

/**
 * Holds an export to the DTD that it names.
 *
 * @param file as it is told
 * @throws InvalidJats
 */
export const validateJats = async (xml: string, file: string): Promise<void> => {
  const { ParseOption, XmlDocument, XmlLibError } = await import('libxml2-wasm');
  const { xmlRegisterFsInputProviders } = await import('libxml2-wasm/lib/nodejs.mjs');
  xmlRegisterFsInputProviders();
  try {
    XmlDocument.fromString(xml.replace(`"${jatsDoctype.system}"`, `"${dtdAddress()}"`), {
      option: ParseOption.XML_PARSE_DTDVALID | ParseOption.XML_PARSE_HUGE | ParseOption.XML_PARSE_BIG_LINES,
    }).dispose();
  } catch (error) {
    if (!(error instanceof XmlLibError)) throw error;
    const faults = error.details.map(({ message, line }) => `line ${line}: ${message.trim()}`);
    throw new PaperError(
      'InvalidJats',
      `the JATS export is not what its DTD allows, in ${faults.length} places.`,
      {
        where: { file },
        details: faults.slice(0, toldFaults),
        hint: 'if the page holds HTML of its own there, write it in Markdown; otherwise this is a fault of the export: tell its maintainers the lines above.',
        cause: error,
      },
    );
  }
};
