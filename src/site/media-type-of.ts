import { extname } from 'node:path';

const mediaTypes: Readonly<Record<string, string>> = {
  '.cff': 'application/yaml',
  '.csv': 'text/csv',
  '.html': 'text/html',
  '.json': 'application/json',
  '.pdf': 'application/pdf',
  '.svg': 'image/svg+xml',
  '.xml': 'application/xml',
  '.zip': 'application/zip',
};

/** Of a file that is offered, by its ending: as metadata name it, without how its letters are written. */
export const mediaTypeOf = (path: string): string => mediaTypes[extname(path)] ?? 'application/octet-stream';
