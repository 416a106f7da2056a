/** The exports of a paper: below its folder of the site. */
export interface ExportNames {
  readonly pdf: string;
  readonly jats: string;
  readonly latex: string;
}

export const exportNames = (paper: string): ExportNames => ({
  pdf: `${paper}.pdf`,
  jats: `${paper}.jats.xml`,
  latex: `${paper}.latex.zip`,
});

/** As a page offers them. */
export const exportDownloads = (
  paper: string,
): readonly { readonly path: string; readonly label: string }[] => {
  const { pdf, jats, latex } = exportNames(paper);
  return [
    { path: pdf, label: 'PDF' },
    { path: latex, label: 'LaTeX' },
    { path: jats, label: 'JATS' },
  ];
};
