/** Where the site is served, from the host's root on and without a slash at its end: every link within it begins so. */
export const siteBase = import.meta.env.BASE_URL.replace(/\/$/, '');
