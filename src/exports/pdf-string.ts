/** Text strings of a PDF, as they stand in a dictionary (ISO 32000-1, 7.9.2.2). */

/** In UTF-16 with its mark, as hexadecimal digits. */
export const pdfString = (text: string): string =>
  `<FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase()}>`;

/** Either form that Chromium writes: letters in parentheses, or digits. */
export const pdfStringForm = String.raw`\((?:\\[\s\S]|[^\\()])*\)|<FEFF[0-9A-F]*>`;

/** What one of these forms says. */
export const pdfStringText = (written: string): string =>
  written.startsWith('<')
    ? Buffer.from(written.slice('<FEFF'.length, -1), 'hex').swap16().toString('utf16le')
    : written
        .slice(1, -1)
        .replace(/\\([0-7]{3}|[\s\S])/g, (_, sign: string) =>
          sign.length === 3 ? String.fromCharCode(Number.parseInt(sign, 8)) : sign,
        );
