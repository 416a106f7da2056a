import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nearestHint, PaperError, type Pipeline } from '../engine/stage/index.ts';
import type { Claims } from '../results/claim.ts';
import { noPresentation, type Presentation, readPresentation } from '../results/presentation.ts';
import { nothingReported, type Reported, readReported } from '../results/reported.ts';
import { importPaperModule } from './import-paper-module.ts';

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
  readonly presentation: Presentation;
  readonly presentationFile: string;
}

/**
 * A paper's graph, claims and reported figures.
 *
 * @throws UnknownProfile with the nearest one, BadPaperModule, or what the paper's own files throw
 */
export const loadPaper = async (root: string, id: string, options: BuildOptions): Promise<Paper> => {
  const { profiles, defaultProfile, pipeline } = await importPaperModule<PaperModule>(
    root,
    `experiments/${id}/pipeline.ts`,
    ['profiles', 'defaultProfile', 'pipeline'],
  );
  const profile = options.profile ?? defaultProfile;
  if (!profiles.includes(profile)) {
    throw new PaperError('UnknownProfile', `${id} has no profile '${profile}'.`, {
      details: [`expected one of ${profiles.join(', ')}`],
      hint: nearestHint(profile, profiles),
    });
  }
  const claimsFile = `content/${id}/claims.ts`;
  const reportedFile = `content/${id}/reported.json`;
  const presentationFile = `content/${id}/tables.ts`;
  const has = (file: string): boolean => existsSync(join(root, file));
  return {
    id,
    profile,
    pipeline: {
      ...pipeline(profile, options),
      profile: { name: profile, others: profiles.filter((other) => other !== profile) },
    },
    claims: has(claimsFile)
      ? (await importPaperModule<{ claims: Claims }>(root, claimsFile, ['claims'])).claims
      : {},
    claimsFile,
    reported: has(reportedFile)
      ? readReported(readFileSync(join(root, reportedFile), 'utf8'), reportedFile)
      : nothingReported,
    presentation: has(presentationFile)
      ? readPresentation(await importPaperModule<object>(root, presentationFile, []), presentationFile)
      : noPresentation,
    presentationFile,
  };
};
