import { pageLinks } from '../paper-pages.ts';

/**
 * The pages of a paper as the contents of one of them list them.
 *
 * @param here below the paper's address
 * @param home the way from that page to the paper
 * @returns none for a paper of one page
 */
export const contentsPages = (paper: string, here: string, home: string) => {
  const pages = pageLinks(paper);
  if (pages.length < 2) return [];
  return pages.map(({ path, title }) => ({
    href: `${home}${path}` || './',
    title: path === '' ? 'The paper' : title,
    isHere: path === here,
  }));
};
