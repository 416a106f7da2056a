const brackets = /^(?:<sup>)?[([]?/;
const closing = /[)\]]?(?:<\/sup>)?$/;

const withoutBrackets = (html: string): string => html.replace(brackets, '').replace(closing, '');

const link = (key: string, html: string): string =>
  html === '' ? '' : `<a class="cite" href="#ref-${key}">${html}</a>`;

/** What two texts begin with alike, up to the last space. */
const commonStart = (a: string, b: string): string => {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return a.slice(0, a.slice(0, length).lastIndexOf(' ') + 1);
};

/** Where a text stands as a whole word, from an offset on. */
const wordAt = (html: string, word: string, from: number): number => {
  const isWord = (character: string | undefined): boolean =>
    character !== undefined && /[\p{L}\p{N}]/u.test(character);
  for (let at = html.indexOf(word, from); at >= 0; at = html.indexOf(word, at + 1)) {
    if (!isWord(html[at - 1]) && !isWord(html[at + word.length])) return at;
  }
  return -1;
};

/**
 * A citation of several works with a link to each of them. A style may print less of a work beside others than alone:
 * only what differs from the one before it, or, within a range of numbers, nothing.
 *
 * @param cluster as the style prints all of them, HTML
 * @param alone each key in the order of the cluster, with what the style prints for it alone
 */
export const linkItems = (
  cluster: string,
  alone: readonly (readonly [key: string, html: string])[],
): string => {
  const start = brackets.exec(cluster)?.[0].length ?? 0;
  const end = cluster.length - (closing.exec(cluster)?.[0].length ?? 0);
  const [first] = alone;
  if (!first) return cluster;
  if (alone.length === 1)
    return cluster.slice(0, start) + link(first[0], cluster.slice(start, end)) + cluster.slice(end);
  let [made, from] = ['', 0];
  alone.forEach(([key, html], at) => {
    const whole = withoutBrackets(html);
    const before = withoutBrackets(alone[at - 1]?.[1] ?? '');
    const shown = [whole, whole.slice(commonStart(whole, before).length)].find(
      (text) => text !== '' && wordAt(cluster, text, from) >= 0,
    );
    if (shown === undefined) return;
    const place = wordAt(cluster, shown, from);
    made += cluster.slice(from, place) + link(key, shown);
    from = place + shown.length;
  });
  // Where nothing of any work was found, the whole leads to the first.
  return from === 0
    ? cluster.slice(0, start) + link(first[0], cluster.slice(start, end)) + cluster.slice(end)
    : made + cluster.slice(from);
};
