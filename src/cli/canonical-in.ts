/** Where a page says that readers find it; null where the site does not know its address. */
export const canonicalIn = (html: string): string | null =>
  /<link rel="canonical" href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&').replaceAll('&#38;', '&') ??
  null;
