/** Which papers a command is about, in which profile each, and with which of its own options. */
import { nearestHint, PaperError } from '../engine/stage/index.ts';
import {
  loadPaper,
  loadPaperModule,
  noModule,
  type Paper,
  type PaperModule,
  type PaperOption,
} from './load-paper.ts';
import { type LoadingMistakes, noMistakes, noting } from './loading-mistakes.ts';
import { paperIds } from './paper-ids.ts';
import { requireReadable } from './require-readable.ts';

/** What a command is asked for; papers' own options stand beside its flags. */
export type BuildOptions = Readonly<
  { profile?: string | undefined; paper?: string | undefined } & Record<string, string | undefined>
>;

const listed = (text: string | undefined): readonly string[] =>
  text === undefined ? [] : text.split(',').map((part) => part.trim());

/**
 * The papers that are asked for, all unless some are named: `--paper first,second`.
 *
 * @throws UnknownPaper with the nearest one
 */
export const askedPapers = (root: string, { paper }: BuildOptions): readonly string[] => {
  const known = paperIds(root);
  const asked = listed(paper);
  const unknown = asked.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    throw new PaperError('UnknownPaper', `there is no paper '${unknown}'.`, {
      details: [`expected one of ${known.join(', ')}`],
      hint: nearestHint(unknown, known),
    });
  }
  return asked.length === 0 ? known : known.filter((id) => asked.includes(id));
};

type Modules = ReadonlyMap<string, PaperModule>;

const modulesOf = async (root: string, ids: readonly string[]): Promise<Modules> =>
  new Map(await Promise.all(ids.map(async (id) => [id, await loadPaperModule(root, id)] as const)));

const unknownProfile = (ids: readonly string[], profile: string, known: readonly string[]): PaperError =>
  new PaperError(
    'UnknownProfile',
    `${ids.join(' and ')} ${ids.length === 1 ? 'has' : 'have'} no profile '${profile}'.`,
    {
      details: [`expected one of ${known.join(', ')}`],
      hint: nearestHint(profile, known),
    },
  );

/**
 * Each paper's profile: `quick` is that of every paper that has one of the name, `first=quick` of one paper; all others are
 * in their default one.
 *
 * @throws UnknownProfile, UnknownPaper
 */
const profilesOf = (modules: Modules, options: BuildOptions): ReadonlyMap<string, string> => {
  const chosen = new Map(
    [...modules].map(([id, { defaultProfile, fromZero }]) => [
      id,
      options['from-zero'] === undefined ? defaultProfile : (fromZero ?? defaultProfile),
    ]),
  );
  const all = [...modules.values()].flatMap(({ profiles }) => profiles);
  for (const asked of listed(options.profile)) {
    const [first = '', second] = asked.split('=');
    if (second === undefined) {
      const having = [...modules].filter(([, { profiles }]) => profiles.includes(first));
      if (having.length === 0) throw unknownProfile([...modules.keys()], first, [...new Set(all)]);
      for (const [id] of having) chosen.set(id, first);
      continue;
    }
    const module = modules.get(first);
    if (!module) {
      throw new PaperError('UnknownPaper', `--profile names a paper '${first}' that is not asked for.`, {
        details: [`expected one of ${[...modules.keys()].join(', ')}`],
        hint: nearestHint(first, [...modules.keys()]),
      });
    }
    if (!module.profiles.includes(second)) throw unknownProfile([first], second, module.profiles);
    chosen.set(first, second);
  }
  return chosen;
};

/**
 * A paper's own option is its own: of two papers that have one of a name, neither is guessed to be meant.
 *
 * @throws OptionOfSeveralPapers
 */
const requireOneOwner = (modules: Modules, options: BuildOptions): void => {
  for (const option of Object.keys(options)) {
    const owners = [...modules].filter(([, module]) => Object.hasOwn(module.options ?? {}, option));
    if (options[option] === undefined || owners.length < 2) continue;
    const ids = owners.map(([id]) => id);
    throw new PaperError('OptionOfSeveralPapers', `--${option} is an option of ${ids.join(' and ')}.`, {
      details: ['expected one of them to be asked for'],
      hint: `name it, for example \`--paper ${ids[0]}\`.`,
    });
  }
};

/** What of the options each paper gets: its profile, and those that are its own. */
const choicesOf = (modules: Modules, options: BuildOptions) => {
  requireOneOwner(modules, options);
  const profiles = profilesOf(modules, options);
  return [...modules].map(([id, module]) => ({
    id,
    profile: profiles.get(id),
    own: Object.fromEntries(
      ['backend', ...Object.keys(module.options ?? {})].map((name) => [name, options[name]]),
    ),
  }));
};

/**
 * The papers that are asked for, loaded.
 *
 * @throws UnknownPaper, UnknownProfile, OptionOfSeveralPapers, BadPaperModule, or what the papers' own files throw
 */
export const loadPapers = async (root: string, options: BuildOptions): Promise<readonly Paper[]> =>
  Promise.all(
    choicesOf(await modulesOf(root, askedPapers(root, options)), options).map(({ id, profile, own }) =>
      loadPaper(root, id, profile, own),
    ),
  );

/** A paper as far as it can be loaded; undefined where a file of its stands for none. */
export interface ReadPaper extends LoadingMistakes {
  readonly paper: Paper | undefined;
}

/**
 * As loadPapers, for one who wants every mistake: what cannot be read of one paper hides nothing of it, nor of others.
 *
 * @throws UnknownPaper, UnknownProfile, OptionOfSeveralPapers
 */
export const readPapers = async (root: string, options: BuildOptions): Promise<readonly ReadPaper[]> => {
  const found = new Map(askedPapers(root, options).map((id) => [id, noMistakes()]));
  const modules = new Map<string, PaperModule>();
  const unreadable = new Set<string>();
  for (const [id, mistakes] of found) {
    const isReadable = await noting(mistakes)('pipeline', () => requireReadable(root, id) ?? true, false);
    if (!isReadable) {
      unreadable.add(id);
      continue;
    }
    const none = { ...noModule, pipeline: () => undefined as never };
    const module = await noting(mistakes)('pipeline', () => loadPaperModule(root, id), none);
    // Whatever profile is asked for, its module is told of.
    if (!mistakes.lacking.has('pipeline')) modules.set(id, module);
  }
  const choices = new Map(
    modules.size === 0 ? [] : choicesOf(modules, options).map((choice) => [choice.id, choice]),
  );
  return Promise.all(
    [...found].map(async ([id, mistakes]) => {
      if (unreadable.has(id)) return { ...mistakes, paper: undefined };
      const { profile, own = {} } = choices.get(id) ?? {};
      return { ...mistakes, paper: await loadPaper(root, id, profile, own, noting(mistakes)) };
    }),
  );
};

/** Every profile of every paper that is asked for, with default options. */
export const loadEveryProfile = async (root: string, options: BuildOptions): Promise<readonly Paper[]> => {
  const modules = await modulesOf(root, askedPapers(root, options));
  return Promise.all(
    [...modules].flatMap(([id, { profiles }]) =>
      profiles.map((profile) => loadPaper(root, id, profile, { backend: options['backend'] })),
    ),
  );
};

/**
 * The options of papers' own, by paper.
 *
 * @param taken flags that a command has already
 * @throws BadPaperOption
 */
export const paperOptionsOf = async (
  root: string,
  options: BuildOptions,
  taken: readonly string[],
): Promise<ReadonlyMap<string, Readonly<Record<string, PaperOption>>>> => {
  const found = new Map<string, Readonly<Record<string, PaperOption>>>();
  for (const [id, module] of await modulesOf(root, askedPapers(root, options))) {
    const own = module.options ?? {};
    const bad = Object.keys(own).find((name) => taken.includes(name) || !/^[a-z][a-z0-9-]*$/.test(name));
    if (bad !== undefined) {
      throw new PaperError('BadPaperOption', `${id} cannot have an option '--${bad}'.`, {
        where: { file: `experiments/${id}/pipeline.ts` },
        details: [
          taken.includes(bad)
            ? 'every command has a flag of this name'
            : 'expected lower-case letters, digits and hyphens',
        ],
        hint: 'rename it in `options`.',
      });
    }
    if (Object.keys(own).length > 0) found.set(id, own);
  }
  return found;
};
