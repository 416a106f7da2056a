import type { Definition } from './definition-text.ts';

/** Below a paper's address, the page of a file of code, at a line of it. */
export const sourcePath = ({ file, line }: Definition): string =>
  `source/${file.split('/').map(encodeURIComponent).join('/')}/${line === null ? '' : `#L${line}`}`;
