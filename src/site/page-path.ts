/** The page that is the paper itself. */
export const mainPage = 'index';

/** Below a paper's address, where a page stands: ends with a slash; empty for the paper itself. */
export const pagePath = (page: string): string => (page === mainPage ? '' : `${page}/`);
