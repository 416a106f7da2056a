/** What the site as a whole says of itself, on its home page and in its feed. */
export const siteTitle = 'Every number is recomputed, every claim carries a check';
