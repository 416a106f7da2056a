import { siteBase } from './site-base.ts';

/** The way from a page of a paper to the paper's own address: nothing from there, and a step up from each other page. */
export const wayHome = ({ pathname }: URL): string =>
  '../'.repeat(Math.max(0, pathname.slice(siteBase.length).split('/').filter(Boolean).length - 1));
