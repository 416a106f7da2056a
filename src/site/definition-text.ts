/** Where a stage is written. */
export interface Definition {
  /** From the project's root. */
  readonly file: string;
  /** Of the export that defines it, from 1; null for a file whole, as a program of another language is. */
  readonly line: number | null;
}

export const definitionText = ({ file, line }: Definition): string =>
  line === null ? file : `${file}:${line}`;

/** As the hosts of repositories address a line. */
export const sourceAddress = (repository: string, { file, line }: Definition): string =>
  `${repository}${file}${line === null ? '' : `#L${line}`}`;
