import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nearestHint, PaperError, type Pipeline } from '../engine/stage/index.ts';
import type { Claims } from '../results/claim.ts';
import { type Reported, readReported } from '../results/reported.ts';

/** What a build is asked for; a paper's own options stand beside the profile. */
export type BuildOptions = Readonly<{ profile?: string | undefined } & Record<string, string | undefined>>;

/** What `experiments/<paper>/pipeline.ts` exports. */
export interface PaperModule {
  readonly profiles: readonly string[];
  readonly defaultProfile: string;
  /** Builds the graph; throws a PaperError for options that it cannot use. */
  readonly pipeline: (profile: string, options: BuildOptions) => Pipeline;
}

export interface Paper {
  readonly id: string;
  readonly profile: string;
  readonly pipeline: Pipeline;
  readonly claims: Claims;
  readonly claimsFile: string;
  readonly reported: Reported;
}

/** Every paper of the project: a folder under `content` with one of its name under `experiments`. */
export const paperIds = (root: string): readonly string[] =>
  readdirSync(join(root, 'content'), { withFileTypes: true })
    .filter(
      (entry) => entry.isDirectory() && existsSync(join(root, 'experiments', entry.name, 'pipeline.ts')),
    )
    .map(({ name }) => name)
    .sort();

/**
 * A paper's graph, claims and reported figures.
 *
 * @throws UnknownProfile with the nearest one, or what the paper's own files throw
 */
export const loadPaper = async (root: string, id: string, options: BuildOptions): Promise<Paper> => {
  const load = async <T>(path: string): Promise<T> => import(pathToFileURL(join(root, path)).href);
  const { profiles, defaultProfile, pipeline } = await load<PaperModule>(`experiments/${id}/pipeline.ts`);
  const profile = options.profile ?? defaultProfile;
  if (!profiles.includes(profile)) {
    throw new PaperError('UnknownProfile', `${id} has no profile '${profile}'.`, {
      details: [`expected one of ${profiles.join(', ')}`],
      hint: nearestHint(profile, profiles),
    });
  }
  const claimsFile = `content/${id}/claims.ts`;
  const reportedFile = `content/${id}/reported.json`;
  return {
    id,
    profile,
    pipeline: {
      ...pipeline(profile, options),
      profile: { name: profile, others: profiles.filter((other) => other !== profile) },
    },
    claims: (await load<{ claims: Claims }>(claimsFile)).claims,
    claimsFile,
    reported: readReported(readFileSync(join(root, reportedFile), 'utf8'), reportedFile),
  };
};
