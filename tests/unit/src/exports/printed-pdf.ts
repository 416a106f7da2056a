/** A PDF as Chromium writes one, of an empty page with a figure and a formula in its structure. @param titles of its outline, each below the first */
export const printedPdf = (titles: readonly string[]): Buffer => {
  const item = (title: string, links: string): string =>
    `<</Title ${title.startsWith('<') ? title : `(${title.replace(/[()\\]/g, '\\$&')})`}\n/Dest [4 0 R /XYZ 0 9 0]\n${links}>>`;
  const [first = '', ...inner] = titles;
  const objects = [
    '<</Title (Waves)\n/Creator (Mozilla/5.0 \\(X11\\) Safari)\n/Producer (Skia/PDF)>>',
    '<</Type /Catalog\n/Pages 3 0 R\n/Outlines 5 0 R\n/StructTreeRoot 6 0 R>>',
    '<</Type /Pages\n/Count 1\n/Kids [4 0 R]>>',
    '<</Type /Page\n/Parent 3 0 R\n/MediaBox [0 0 9 9]\n/StructParents 0>>',
    '<</Type /Outlines\n/First 11 0 R\n/Last 11 0 R>>',
    '<</Type /StructTreeRoot\n/K 7 0 R\n/ParentTree 10 0 R>>',
    '<</Type /StructElem\n/S /Document\n/P 6 0 R\n/K [8 0 R 9 0 R]>>',
    '<</Type /StructElem\n/S /Figure\n/Alt (A wave)\n/P 7 0 R\n/Pg 4 0 R\n/K 0>>',
    '<</Type /StructElem\n/S /Figure\n/Alt ($a^2$)\n/P 7 0 R\n/Pg 4 0 R\n/K 1>>',
    '<</Nums [0 [8 0 R 9 0 R]]>>',
    item(first, `/Parent 5 0 R\n/First 12 0 R\n/Last ${11 + inner.length} 0 R`),
    ...inner.map((title, at) =>
      item(title, at === inner.length - 1 ? '/Parent 11 0 R' : `/Parent 11 0 R\n/Next ${13 + at} 0 R`),
    ),
  ].map((object, at) => `${at + 1} 0 obj\n${object}\nendobj\n`);
  const offsets: number[] = [];
  let text = '%PDF-1.4\n';
  for (const object of objects) {
    offsets.push(text.length);
    text += object;
  }
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  return Buffer.from(
    `${text}xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<</Size ${size}\n/Root 2 0 R\n/Info 1 0 R>>\nstartxref\n${text.length}\n%%EOF`,
    'latin1',
  );
};
