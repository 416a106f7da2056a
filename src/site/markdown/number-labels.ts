import type { Root } from 'mdast';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { nearestHint } from '../../engine/stage/index.ts';
import type { PaperData } from '../../results/paper-data.ts';
import { mainPage, pagePath } from '../page-path.ts';
import { reportFault, reporting } from './faults.ts';
import { attributeOf, authorError, isJsx, type JsxNode, setAttribute } from './jsx-node.ts';
import { countPlaces, type PlaceCounts, placesIn } from './page-places.ts';
import type { PagePosition, ScannedPage } from './scan-pages.ts';

/** A place as references of one page see it. */
interface Target {
  /** Its label, and with its page before it. */
  readonly names: readonly string[];
  readonly text: string;
  /** The title of the page that holds it, where neither the text says it nor the reader sees it: on paper. */
  readonly of?: string;
  /** From the page on. */
  readonly href: string;
  readonly line: number;
  readonly isGiven: boolean;
  /** The name of another page that holds it. */
  readonly page: string | undefined;
}

/** What stands before a page, kind by kind. */
const countBefore = (pages: readonly ScannedPage[]): PlaceCounts => {
  const total: Record<string, number> = {};
  for (const { places } of pages)
    for (const [prefix, count] of Object.entries(countPlaces(places)))
      total[prefix] = (total[prefix] ?? 0) + count;
  return total;
};

/** What the other pages hold, and those pages themselves. */
const targetsElsewhere = ({ home, pages, at }: PagePosition): readonly Target[] =>
  pages.flatMap((page, index) => {
    if (index === at) return [];
    const way = `${home}${pagePath(page.name)}` || './';
    const before = countBefore(pages.slice(0, index));
    const title = page.name === mainPage ? 'the paper' : page.title;
    return [
      {
        names: [`page:${page.name}`],
        text: title,
        href: way,
        line: 1,
        isGiven: true,
        page: page.name,
      },
      ...page.places.map(({ label, text, isOfPage, href, line, isGiven }) => ({
        names: [label, `${page.name}/${label}`],
        text: isOfPage ? `${title}, ${text(before).replace(/^Section /, '')}` : text(before),
        ...(isOfPage ? {} : { of: title }),
        href: `${way}${href}`,
        line,
        isGiven,
        page: page.name,
      })),
    ];
  });

/** Every table has a page of its own, where one that no page of the paper holds is found. */
const tablePages = ({ tables }: PaperData, home: string, placed: readonly Target[]): readonly Target[] =>
  Object.values(tables)
    .map(({ id, presentation: { title } }) => ({
      names: [`tab:${id}`],
      text: `Table “${title}”`,
      href: `${home}tables/${id}/`,
      line: 0,
      isGiven: true,
      page: undefined,
    }))
    .filter(({ names: [name = ''] }) => !placed.some(({ names }) => names.includes(name)));

const ambiguous = (node: JsxNode, to: string, named: readonly Target[], file: VFile) => {
  const onPages = named.flatMap(({ page }) => page ?? []);
  return onPages.length > 0
    ? authorError(
        'AmbiguousReference',
        `'${to}' is a name on ${onPages.length} other pages: ${onPages.join(' and ')}.`,
        file,
        node,
        `say which page is meant: <Ref to="${onPages[0]}/${to}" />.`,
      )
    : authorError(
        'AmbiguousReference',
        `'${to}' is the name of ${named.length} sections, in lines ${named.map(({ line }) => line).join(' and ')}.`,
        file,
        node,
        `give the one that is meant an id of its own: \`## Title {#${to.replace('sec:', '')}-here}\`, and refer to that.`,
      );
};

/** Of what there is, first what is of the same kind: a section is not meant where a table was named. */
const meantBy = (to: string, targets: readonly Target[]): readonly string[] => {
  const known = targets.flatMap(({ names }) => names.slice(0, 1));
  const ofKind = known.filter((name) => name.split(':')[0] === to.split(':')[0]);
  return ofKind.length > 0 ? ofKind : known;
};

const lead = (node: JsxNode, targets: readonly Target[], isWhole: boolean, file: VFile): void => {
  const to = attributeOf(node, 'to');
  if (to === undefined) {
    reportFault(
      file,
      authorError(
        'MissingAttribute',
        '<Ref> does not say what it refers to.',
        file,
        node,
        `write <Ref to="${targets[0]?.names[0] ?? ''}" />.`,
      ),
    );
    return;
  }
  const all = targets.filter(({ names }) => names.includes(to));
  // What stands on the page itself is meant before what stands elsewhere, and an id before a title that reads alike.
  const here = all.filter(({ page }) => page === undefined);
  const named = here.length > 0 ? here : all;
  const given = named.filter(({ isGiven }) => isGiven);
  // Two of one name on one other page are told there.
  const isElsewhere = here.length === 0 && new Set(named.map(({ page }) => page)).size === 1;
  const isSure = named.length < 2 || isElsewhere || (here.length > 0 ? given.length > 0 : given.length === 1);
  const [target] = [...given, ...named];
  if (!isSure) {
    reportFault(file, ambiguous(node, to, named, file));
    return;
  }
  if (!target) {
    // A page that cannot be read is told itself, and what it holds is not known.
    if (!isWhole) return;
    reportFault(
      file,
      authorError(
        'UnknownReference',
        `there is nothing named '${to}' to refer to.`,
        file,
        node,
        targets.length === 0
          ? 'the page has no numbered section, table, figure or equation.'
          : nearestHint(to, meantBy(to, targets)),
      ),
    );
    return;
  }
  setAttribute(node, 'href', target.href);
  setAttribute(node, 'text', target.text);
  if (target.of !== undefined) setAttribute(node, 'of', target.of);
};

/**
 * Numbers sections in the order of the page, and tables, figures and equations in the order of the paper's pages; turns
 * `<Ref to="tab:id" />` into a link that carries the number. What stands on another page is named alike, with the page's
 * title before the number of a section; `<Ref to="method/sec:setup" />` says which page is meant, and
 * `<Ref to="page:method" />` leads to the page. A table that no page holds has a page of its own, and is linked by its
 * title. Sections are named by their titles, or by the id in `## Title {#id}`.
 *
 * Faults: UnknownReference, AmbiguousReference, DuplicateId
 */
export const numberLabels =
  (dataOf: (file: VFile) => PaperData, positionOf: (file: VFile) => PagePosition) =>
  () =>
  (tree: Root, file: VFile) => {
    const data = reporting(file, () => dataOf(file));
    const position = positionOf(file);
    const before = countBefore(position.pages.slice(0, Math.max(0, position.at)));
    const here = placesIn(tree, file, before).map(
      ({ label, text, href, line, isGiven }): Target => ({
        names: [label],
        text: text(before),
        href,
        line,
        isGiven,
        page: undefined,
      }),
    );
    const placed = [...here, ...targetsElsewhere(position)];
    const targets = data ? [...placed, ...tablePages(data, position.home, placed)] : placed;
    visit(tree, (node: Node) => {
      if (isJsx(node) && node.name === 'Ref') lead(node, targets, position.isWhole, file);
    });
  };
