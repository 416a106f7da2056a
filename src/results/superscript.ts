/** An exponent as raised figures, where text can raise none: `−15` or `-15` is `⁻¹⁵`. */
export const superscript = (exponent: string): string =>
  exponent.replace(/[-−]/, '⁻').replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]!);
