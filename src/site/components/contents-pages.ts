import { paperData } from 'virtual:papers';
import { hasClaims, hasLoneValues, pageLinks } from '../paper-pages.ts';

/**
 * The pages of a paper as the contents of one of them list them: those that its author wrote, then those that the site makes
 * of its results.
 *
 * @param here below the paper's address
 * @param home the way from that page to the paper
 */
export const contentsPages = (paper: string, here: string, home: string) => {
  const hasTables = Object.keys(paperData(paper).tables).length > 0;
  return [
    ...pageLinks(paper).map(({ path, title }) => ({ path, title: path === '' ? 'The paper' : title })),
    ...(hasClaims(paper) ? [{ path: 'claims/', title: 'Claims' }] : []),
    ...(hasTables ? [{ path: 'tables/', title: 'All tables' }] : []),
    ...(hasLoneValues(paper) ? [{ path: 'values/', title: 'Values' }] : []),
    { path: 'changes/', title: 'What changed' },
    { path: 'source/', title: 'Code' },
  ].map(({ path, title }) => ({ href: `${home}${path}` || './', title, isHere: path === here }));
};
