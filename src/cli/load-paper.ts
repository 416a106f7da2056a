import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Claims } from '../claims/claim.ts';
import { nearestHint, PaperError, type Pipeline, type SourcePosition } from '../engine/stage/index.ts';
import type { FigureSource } from '../figures/figure-source.ts';
import {
  noPresentation,
  type PlaceOfKey,
  type Presentation,
  readPresentation,
} from '../results/presentation.ts';
import { nothingReported, type Reported, readReported } from '../results/reported.ts';
import { readAuthorText } from '../site/author-text.ts';
import { claimPlace } from './claim-place.ts';
import { importPaperModule } from './import-paper-module.ts';
import { keyPlace } from './key-place.ts';
import { loadFigures } from './load-figures.ts';
import { type Attempt, orThrow } from './loading-mistakes.ts';
import { readGraph } from './read-graph.ts';
import { requireKeyed } from './require-keyed.ts';
import { requirePublicPaths } from './require-public-paths.ts';
import { requireReadable } from './require-readable.ts';
import { requireTex } from './require-tex.ts';

/** Values of a paper's own options, and the backend, which every paper may ask for. */
export type PaperOptions = Readonly<Record<string, string | undefined>>;

/** One of a paper's own options for the command line; it takes a value. */
export interface PaperOption {
  readonly description: string;
}

/** What `experiments/<paper>/pipeline.ts` exports. */
export interface PaperModule {
  readonly profiles: readonly string[];
  readonly defaultProfile: string;
  /** The profile that computes everything in the build and needs nothing published; the default one unless given. */
  readonly fromZero?: string;
  readonly options?: Readonly<Record<string, PaperOption>>;
  /** Builds the graph; throws a PaperError for options that it cannot use. */
  readonly pipeline: (profile: string, options: PaperOptions) => Pipeline;
}

export interface Paper {
  readonly id: string;
  readonly profile: string;
  readonly pipeline: Pipeline;
  readonly claims: Claims;
  readonly claimsFile: string;
  readonly reported: Reported;
  readonly presentation: Presentation;
  readonly presentationFile: string;
  /** Where the author wrote an entry of the presentation, and a claim. */
  readonly placeOfKey: PlaceOfKey;
  readonly placeOfClaim: (id: string) => SourcePosition;
  readonly figures: readonly FigureSource[];
}

const emptyGraph: Omit<Pipeline, 'paper'> = { locked: false, results: [], files: {} };

/** In the place of a module that cannot be read. */
export const noModule: Pick<PaperModule, 'profiles' | 'defaultProfile'> = {
  profiles: [],
  defaultProfile: '',
};

export const pipelineFile = (id: string): string => `experiments/${id}/pipeline.ts`;

/** What of such a module is relied on before anything is made by it. */
const moduleSchema = z.object({
  profiles: z.array(z.string().min(1)).min(1),
  defaultProfile: z.string(),
  fromZero: z.string().optional(),
  options: z.record(z.string(), z.object({ description: z.string() })).optional(),
  pipeline: z.custom((value) => typeof value === 'function', 'expected a function'),
});

/** How each export is written. */
const moduleHints: Readonly<Record<string, string>> = {
  profiles: "write `export const profiles = ['whole'];`.",
  defaultProfile: "write `export const defaultProfile = 'whole';`, one of `profiles`.",
  fromZero: "write `export const fromZero = 'whole';`, one of `profiles`, or leave it out.",
  options: "write `export const options = { size: { description: 'what it chooses' } };`, or leave it out.",
  pipeline: 'write `export const pipeline = (): Pipeline => ({ … });`.',
};

const requireModule = (root: string, file: string, module: PaperModule): void => {
  const issue = moduleSchema.safeParse({ ...module }).error?.issues[0];
  if (!issue) return;
  const path = issue.path.map(String);
  throw new PaperError(
    'BadPaperModule',
    `${file} exports ${path.join('.')} in a form that nothing can use.`,
    {
      where: keyPlace(root, file, path),
      details: [issue.message.replace(/^Invalid input: /, '')],
      hint: moduleHints[path[0] ?? ''] ?? 'that of another paper shows how.',
    },
  );
};

/** @throws BadPaperModule, NotUtf8 */
export const loadPaperModule = async (root: string, id: string): Promise<PaperModule> => {
  requireReadable(root, id);
  const file = pipelineFile(id);
  const module = await importPaperModule<PaperModule>(root, file, ['profiles', 'defaultProfile', 'pipeline']);
  requireModule(root, file, module);
  const unknown = [module.defaultProfile, module.fromZero].find(
    (profile) => profile !== undefined && !module.profiles.includes(profile),
  );
  if (unknown === undefined) return module;
  throw new PaperError('BadPaperModule', `${file} names a profile '${unknown}' that it does not list.`, {
    where: keyPlace(root, file, [module.defaultProfile === unknown ? 'defaultProfile' : 'fromZero']),
    details: [`expected one of ${module.profiles.join(', ')}`],
    hint: nearestHint(unknown, module.profiles),
  });
};

/**
 * A paper's graph, claims, presentation and reported figures, for one of its profiles.
 *
 * @param attempt reads each of them: what it does not read is as if the paper had none
 * @throws BadPaperModule, BadPublicPath, PublicPathTaken, UnkeyedRead, or what the paper's own files throw
 */
export const loadPaper = async (
  root: string,
  id: string,
  profile: string | undefined,
  options: PaperOptions = {},
  attempt: Attempt = orThrow,
): Promise<Paper> => {
  const { profiles, defaultProfile, pipeline } = await attempt('pipeline', () => loadPaperModule(root, id), {
    ...noModule,
    pipeline: () => ({ ...emptyGraph, paper: id }),
  });
  const chosen = profile ?? defaultProfile;
  const claimsFile = `content/${id}/claims.ts`;
  const reportedFile = `content/${id}/reported.json`;
  const presentationFile = `content/${id}/tables.ts`;
  const placeOfKey: PlaceOfKey = (path) => keyPlace(root, presentationFile, path);
  const has = (file: string): boolean => existsSync(join(root, file));
  const makeGraph = (): Pipeline => {
    const graph = readGraph(root, id, pipelineFile(id), () => pipeline(chosen, options));
    requirePublicPaths(root, id, graph);
    return graph;
  };
  const readClaims = async (): Promise<Claims> => {
    if (!has(claimsFile)) return {};
    await requireKeyed(root, claimsFile);
    return (await importPaperModule<{ claims: Claims }>(root, claimsFile, ['claims'])).claims;
  };
  const readOriginal = (): Reported =>
    has(reportedFile)
      ? readReported(readAuthorText(join(root, reportedFile), reportedFile), reportedFile)
      : nothingReported;
  const readShown = async (): Promise<Presentation> => {
    if (!has(presentationFile)) return noPresentation;
    await requireKeyed(root, presentationFile);
    const module = await importPaperModule<object>(root, presentationFile, []);
    const presentation = readPresentation(module, presentationFile, placeOfKey);
    await requireTex(presentation, placeOfKey);
    return presentation;
  };
  const graph = await attempt('pipeline', makeGraph, { ...emptyGraph, paper: id });
  return {
    id,
    profile: chosen,
    pipeline: {
      ...graph,
      profile: { name: chosen, others: profiles.filter((other) => other !== chosen) },
    },
    claims: await attempt('claims', readClaims, {}),
    claimsFile,
    reported: await attempt('reported', readOriginal, nothingReported),
    presentation: await attempt('presentation', readShown, noPresentation),
    presentationFile,
    placeOfKey,
    placeOfClaim: (claim) => claimPlace(root, claimsFile, claim),
    figures: await loadFigures(root, id, attempt),
  };
};
