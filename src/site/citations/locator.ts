/** A place within a work, in CSL's terms. */
export interface Locator {
  readonly label: string;
  /** Its number; empty where the place is of no kind that styles know. */
  readonly locator: string;
  /** What is printed as it was written. */
  readonly rest: string;
}

/** CSL's kinds of places, by what authors write for them. */
const labels: Readonly<Record<string, RegExp>> = {
  page: /^(?:pp?|pages?)$/,
  chapter: /^(?:ch|chaps?|chapters?)$/,
  section: /^(?:§+|secs?|sections?)$/,
  figure: /^(?:figs?|figures?)$/,
  paragraph: /^(?:¶+|paras?|paragraphs?)$/,
  volume: /^(?:vols?|volumes?)$/,
  part: /^(?:pts?|parts?)$/,
  note: /^(?:nn?|notes?)$/,
  line: /^(?:ll?|lines?)$/,
  column: /^(?:cols?|columns?)$/,
  issue: /^(?:nos?|issues?|numbers?)$/,
  verse: /^(?:vv?|verses?)$/,
};

/** `33-35` and `pp. 33-35` are pages, `chapter 2` a chapter; `Theorem 3` is no place that styles know, and stays. */
export const readLocator = (text: string): Locator => {
  const [, word = '', number = ''] = /^(?:([\p{L}]+\.?|[§¶]+)\s*)?(\p{N}.*)$/u.exec(text.trim()) ?? [];
  const name = word.replace(/\.$/, '').toLowerCase();
  const label = name === '' ? 'page' : Object.keys(labels).find((known) => labels[known]?.test(name));
  return number !== '' && label !== undefined
    ? { label, locator: number, rest: '' }
    : { label: 'page', locator: '', rest: text.trim() };
};
