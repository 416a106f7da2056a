/** Finds sections, claims and tables of every paper in the index that the build wrote. */
import { searchedText } from '../search/searched-text.ts';
import { mergeFound, tellingWords } from '../search/some-words.ts';
import { element } from './element.ts';
import { opensBySlash, setOpensBySlash } from './search-shortcut.ts';

interface Found {
  readonly url: string;
  readonly excerpt: string;
  readonly meta: Readonly<Record<string, string | undefined>>;
}

interface Result {
  readonly id: string;
  readonly score: number;
  readonly data: () => Promise<Found>;
}

interface Answer {
  readonly results: readonly Result[];
}

/** It finds what has all of the words that it is asked for. */
interface Pagefind {
  readonly search: (text: string) => Promise<Answer>;
  readonly options: (options: {
    readonly excerptLength: number;
    readonly ranking: {
      readonly pageLength: number;
      readonly metaWeights: Readonly<Record<string, number>>;
    };
  }) => Promise<void>;
  /** null: another search came after it. */
  readonly debouncedSearch: (text: string, options: object, afterMs: number) => Promise<Answer | null>;
}

const shownAtOnce = 12;
const settleMs = 120;
const base = document.documentElement.dataset['base'] ?? '/';

let loading: Promise<Pagefind> | undefined;
const pagefind = (): Promise<Pagefind> => {
  loading ??= (import(/* @vite-ignore */ `${base}pagefind/pagefind.js`) as Promise<Pagefind>).then(
    async (loaded) => {
      // A long section that explains a word says no less of it than a short table that has it once, and a title is
      // weighed where it stands in the index.
      await loaded.options({ excerptLength: 18, ranking: { pageLength: 0, metaWeights: { title: 0 } } });
      return loaded;
    },
  );
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
};

const findSome = async (index: Pagefind, text: string): Promise<readonly Result[]> => {
  const answers = await Promise.all(tellingWords(text).map((word) => index.search(word)));
  return mergeFound(answers.map(({ results }) => results));
};

/** An excerpt is HTML that holds text and marks alone: read as such, and not as any page's own. */
const marked = (excerpt: string): readonly Node[] => {
  const { body } = new DOMParser().parseFromString(excerpt, 'text/html');
  return [...body.childNodes].map((node) =>
    node.nodeName === 'MARK'
      ? element('mark', {}, node.textContent ?? '')
      : document.createTextNode(node.textContent ?? ''),
  );
};

const itemOf = ({ url, excerpt, meta }: Found): HTMLLIElement =>
  element(
    'li',
    {},
    element(
      'a',
      { href: url },
      element('span', { className: 'kind' }, meta['kind'] ?? ''),
      element('b', {}, meta['title'] ?? ''),
      ...(meta['of'] ? [element('span', { className: 'of' }, meta['of'])] : []),
    ),
    element('p', {}, ...marked(excerpt)),
  );

const build = () => {
  const field = element('input', { type: 'search', placeholder: 'a word of a section, claim or table' });
  field.setAttribute('aria-label', 'Search');
  field.autocomplete = 'off';
  const said = element('p', { className: 'said' });
  said.setAttribute('role', 'status');
  const list = element('ol', {});
  const more = element('button', { type: 'button', className: 'more', hidden: true });
  const slash = element('input', { type: 'checkbox', checked: opensBySlash() });
  slash.addEventListener('change', () => {
    setOpensBySlash(slash.checked);
    dispatchEvent(new Event('search-keys'));
  });
  const close = element('button', { type: 'button' }, 'Close');
  const dialog = element(
    'dialog',
    { className: 'search-dialog' },
    element('div', { className: 'row' }, field, close),
    said,
    list,
    more,
    element('label', { className: 'keys' }, slash, ' The key / opens this'),
  );
  dialog.setAttribute('aria-label', 'Search');
  close.addEventListener('click', () => dialog.close());
  let asked = 0;
  const clear = (words: string): void => {
    list.replaceChildren();
    more.hidden = true;
    said.textContent = words;
  };
  const fail = (error: unknown): void =>
    clear(
      `The index cannot be read (${error instanceof Error ? error.message : String(error)}): a build writes it, a server of drafts has none.`,
    );
  /** An old list stands until a new one is there. */
  const show = async (results: readonly Result[], before = '', from = 0): Promise<void> => {
    const own = asked;
    const found = await Promise.all(results.slice(from, from + shownAtOnce).map(({ data }) => data()));
    if (own !== asked) return;
    const items = found.map(itemOf);
    list.replaceChildren(...[...list.children].slice(0, from), ...items);
    const shown = from + items.length;
    const rest = results.length - shown;
    said.textContent = `${before}${rest > 0 ? `The first ${shown} of ${results.length}.` : `${shown} found.`}`;
    more.hidden = rest === 0;
    more.textContent = `${Math.min(rest, shownAtOnce)} more`;
    more.onclick = () => void show(results, before, shown).catch(fail);
    if (from > 0) items[0]?.querySelector('a')?.focus();
  };
  const find = async (): Promise<void> => {
    const text = field.value.trim();
    asked += 1;
    const own = asked;
    if (text === '') return clear('');
    try {
      const index = await pagefind();
      const answer = await index.debouncedSearch(searchedText(text), {}, settleMs);
      if (!answer || own !== asked) return;
      if (answer.results.length > 0) return await show(answer.results);
      const some = await findSome(index, searchedText(text));
      if (own !== asked) return;
      if (some.length > 0) await show(some, 'Nothing has all of these words; these have some. ');
      else clear(`Nothing is found for “${text}”.`);
    } catch (error) {
      if (own === asked) fail(error);
    }
  };
  field.addEventListener('input', () => void find());
  dialog.addEventListener('click', ({ target }) => {
    // A result may lead to a place of the page that is open.
    if (target === dialog || (target instanceof Element && target.closest('a'))) dialog.close();
  });
  dialog.addEventListener('keydown', (event) => {
    const links = [...list.querySelectorAll('a')];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    // A field for searches would take the key for itself, to be emptied.
    if (event.key === 'Escape') {
      event.preventDefault();
      dialog.close();
    }
    if (event.key === 'Enter' && document.activeElement === field) links[0]?.click();
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const next = at + (event.key === 'ArrowDown' ? 1 : -1);
    (next < 0 ? field : (links[next] ?? links.at(-1) ?? field)).focus();
  });
  document.body.append(dialog);
  return { dialog, field };
};

let built: ReturnType<typeof build> | undefined;

export const openSearch = (): void => {
  built ??= build();
  built.dialog.showModal();
  built.field.select();
  // Loaded while the reader types.
  pagefind().catch(() => undefined);
};
