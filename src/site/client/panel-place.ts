export interface PanelPlace {
  /** Of the paper, with a slash at its end. */
  readonly home: string;
  /** Where a file of the build's commit is read, with a slash at its end. */
  readonly repository: string | undefined;
  /** A label as it is printed: parts between dollar signs are TeX. */
  readonly label: (text: string) => readonly Node[];
}
