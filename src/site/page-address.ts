/** Where a page is served: whole where the site knows its own address, from the host's root on where it does not. */
export const pageAddress = (site: URL | undefined, pathname: string): string => {
  const path = pathname.endsWith('/') ? pathname : `${pathname}/`;
  return site ? new URL(path, site).href : path;
};
