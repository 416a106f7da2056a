/** A paper's summary, in which single backquotes mark code, where no mark can be shown. */
export const summaryText = (summary: string): string => summary.replaceAll('`', '');

/** The same in parts, every second one code. */
export const summaryParts = (summary: string): readonly string[] => summary.split('`');
