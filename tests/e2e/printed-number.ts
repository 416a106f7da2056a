/** How a result says that it is displayed. */
export interface Format {
  readonly style: 'fixed' | 'signed' | 'share' | 'scientific' | 'significant' | 'count';
  readonly digits?: number;
}

/** Numbers as a reader should see them, written apart from the site's own formatting. */
export const independently = (value: number | string, format: Format | undefined): string => {
  if (typeof value === 'string') return value;
  if (!format) return String(value).replace('-', '−');
  const { style, digits = 0 } = format;
  if (style === 'scientific') {
    const fractions = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    const [mantissa, exponent] = new Intl.NumberFormat('en-US', { notation: 'scientific', ...fractions })
      .format(value)
      .replaceAll('-', '−')
      .split('E');
    return `${mantissa} × 10${exponent}`;
  }
  const number = new Intl.NumberFormat('en-US', {
    ...(style === 'significant'
      ? { minimumSignificantDigits: digits, maximumSignificantDigits: digits }
      : { minimumFractionDigits: digits, maximumFractionDigits: digits }),
    useGrouping: style === 'count',
    signDisplay: style === 'signed' ? 'exceptZero' : 'negative',
  });
  // The exact decimal expansion of the double: a tie in the shortest one (0.00225) is none in the double itself.
  const exact = (style === 'share' ? value * 100 : value).toFixed(60) as `${number}`;
  const shown = number.format(exact).replace('-', '−');
  return style === 'share' ? `${shown} %` : shown;
};

/** Without what only a browser needs. */
export const plain = (text: string): string => text.replace(/[\u202f\u00a0]/g, ' ').trim();
