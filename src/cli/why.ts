/** The chain from what is printed to the lines that made it. */
import { pipelineStatus, type StageStatus } from '../engine/index.ts';
import { nearestHint, PaperError, resultMembers, type Stage, stagesInOrder } from '../engine/stage/index.ts';
import { placesOfPaper } from '../site/paper-places.ts';
import { explainStage } from './explain-stage.ts';
import { type Explanation, explanationText } from './explanation-text.ts';
import { idsOfPages, idsOfToday, type KnownId } from './known-ids.ts';
import type { Paper } from './load-paper.ts';
import { type BuildOptions, loadPapers } from './load-papers.ts';
import { createWorkshop, type ProjectWorkshop } from './workshop.ts';

/** All that is known of a paper before one asks. */
interface KnownPaper {
  readonly paper: Paper;
  readonly stages: readonly Stage[];
  readonly statuses: ReadonlyMap<string, StageStatus>;
  readonly today: ReadonlyMap<string, KnownId>;
  readonly page: ReadonlyMap<string, KnownId>;
}

const knownPaper = async (workshop: ProjectWorkshop, paper: Paper): Promise<KnownPaper> => {
  const statuses = new Map(
    (await pipelineStatus(workshop, paper.pipeline)).map((status) => [status.name, status]),
  );
  return {
    paper,
    stages: stagesInOrder(paper.pipeline),
    statuses,
    today: await idsOfToday(workshop, paper, statuses),
    page: idsOfPages(workshop.root, paper.id),
  };
};

/** Stages and all that feeds them, nearest first. */
const upstreamOf = (stages: readonly Stage[]): readonly Stage[] => {
  const found = new Set(stages);
  for (const next of found) for (const input of Object.values(next.inputs)) found.add(input);
  return [...found];
};

/** What a stage feeds, at whatever distance, in data order. */
const downstreamOf = (stages: readonly Stage[], from: Stage): readonly string[] => {
  const found = new Set([from]);
  for (const stage of stages) {
    if (Object.values(stage.inputs).some((input) => found.has(input))) found.add(stage);
  }
  return [...found].slice(1).map(({ name }) => name);
};

/** Where the text names an id, or prints the table that holds it. */
const placesOf = (root: string, paper: string, id: string): readonly string[] => {
  const [table] = id.split('.');
  return placesOfPaper(root, paper)
    .filter((place) => place.id === id || (place.component === 'ResultTable' && place.id === table))
    .map(
      ({ component, file, line, column, claim }) =>
        `${file}:${line}:${column} <${component}>${claim === null ? '' : `, in the claim '${claim}'`}`,
    );
};

/** What an id stands for; a result that was never made is known by its stage's name. */
const kindOf = ({ paper, stages, statuses, today, page }: KnownPaper, id: string) => {
  const found = today.get(id) ?? page.get(id);
  if (found) return { kind: found.kind, names: found.stages };
  if (stages.some(({ name }) => name === id)) return { kind: 'stage' as const, names: [id] };
  if (Object.hasOwn(paper.claims, id)) return { kind: 'claim' as const, names: [] };
  const [table = ''] = id.split('.');
  const names = resultMembers(paper.pipeline)
    .filter(({ stage, replicate }) => (replicate?.of ?? stage.name) === table)
    .map(({ stage }) => stage.name);
  return names.some((name) => statuses.get(name)?.state !== 'fresh')
    ? { kind: 'value' as const, names }
    : undefined;
};

const isWhole = (id: string, { kind }: KnownId): boolean => kind !== 'value' || !id.includes('.');

const explainId = async (
  workshop: ProjectWorkshop,
  known: KnownPaper,
  id: string,
): Promise<Explanation | undefined> => {
  const { paper, stages, statuses, today, page } = known;
  const found = kindOf(known, id);
  if (!found) return undefined;
  const { kind, names } = found;
  const [now, printed] = [today.get(id), page.get(id)];
  const from = stages.filter(({ name }) => names.includes(name));
  const chain = await Promise.all(
    upstreamOf(from).map((stage) => explainStage(workshop, paper.pipeline, stage, statuses.get(stage.name)!)),
  );
  // A result has the name of its stage more often than not: what the stage feeds is told with either.
  const [own] = from;
  const feeds = own?.name === id ? downstreamOf(stages, own) : [];
  const ids = [...new Map([...page, ...today])];
  const readsIt = ({ reads }: KnownId): boolean => reads.includes(id) || reads.includes(id.split('.')[0]!);
  const dependents = own?.name === id ? [id, ...feeds] : [];
  return {
    paper: paper.id,
    profile: paper.profile,
    id,
    kind,
    today: now ? { shown: now.shown, raw: now.raw, unit: now.unit } : null,
    page: printed
      ? {
          shown: printed.shown,
          raw: printed.raw,
          unit: printed.unit,
          current: printed.key === now?.key && printed.shown === now.shown,
        }
      : null,
    places: kind === 'stage' ? [] : placesOf(workshop.root, paper.id, id),
    reads: (now ?? printed)?.reads ?? [],
    claims: ids.flatMap(([claim, of]) => (readsIt(of) ? [claim] : [])),
    makers: from.map(({ name }) => name),
    chain,
    feeds,
    results: ids.flatMap(([result, of]) =>
      result !== id && isWhole(result, of) && of.stages.some((name) => dependents.includes(name))
        ? [result]
        : [],
    ),
  };
};

const namesOf = ({ paper, stages, today, page }: KnownPaper): readonly string[] => [
  ...today.keys(),
  ...page.keys(),
  ...stages.map(({ name }) => name),
  ...Object.keys(paper.claims),
];

/**
 * Explains values, tables, claims or stages by their ids. Runs nothing, and needs no built page.
 *
 * @throws NothingNamed, UnknownId with the nearest one
 */
export const why = async (
  root: string,
  options: BuildOptions,
  words: readonly string[],
): Promise<readonly Explanation[]> => {
  if (words.length === 0) {
    throw new PaperError('NothingNamed', 'why needs the id of a value, a table, a claim or a stage.', {
      hint: 'give one, for example a `data-value` of the page: `npm run paper -- why <id>`; `npm run paper -- status` lists the stages.',
    });
  }
  const workshop = createWorkshop(root, options['backend']);
  try {
    const papers: KnownPaper[] = [];
    for (const paper of await loadPapers(root, options)) papers.push(await knownPaper(workshop, paper));
    const explanations: Explanation[] = [];
    for (const word of words) {
      const found = await Promise.all(papers.map((paper) => explainId(workshop, paper, word)));
      const named = found.filter((explanation) => explanation !== undefined);
      if (named.length === 0) {
        throw new PaperError('UnknownId', `nothing is called '${word}': no value, table, claim or stage.`, {
          hint: nearestHint(word, papers.flatMap(namesOf)),
        });
      }
      explanations.push(...named);
    }
    console.log(explanations.map(explanationText).join('\n\n'));
    return explanations;
  } finally {
    workshop.reporter.close();
  }
};
