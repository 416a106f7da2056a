import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PaperError } from '../engine/stage/index.ts';
import { type SiteOrigin, unknownOrigin } from '../site/site-origin.ts';
import { gitIn } from './git-in.ts';

/** `git+https://host/x.git`, `git@host:x.git`, and the like, as a page that can be opened. */
const pageOf = (repository: string): string | null => {
  const address = repository.replace(/^git\+/, '').replace(/^git@([^:]+):/, 'https://$1/');
  return /^https?:\/\//.test(address) ? address.replace(/(\.git)?\/?$/, '') : null;
};

const packageSchema = z.looseObject({
  repository: z.union([z.string(), z.looseObject({ url: z.string().optional() })]).optional(),
});

/** @throws BadPackage */
const readPackage = (path: string): z.output<typeof packageSchema> => {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // No JSON has no such form either.
  }
  const parsed = packageSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new PaperError('BadPackage', "package.json does not say where the project's source is read.", {
    where: { file: 'package.json' },
    details: [`${issue?.path.join('.') || 'the whole'}: ${issue?.message}`],
    hint: 'write `"repository": "https://host/owner/project"`, or leave it out.',
  });
};

const repositoryOf = (root: string): string | null => {
  const path = join(root, 'package.json');
  if (!existsSync(path)) return null;
  const { repository } = readPackage(path);
  const url = typeof repository === 'string' ? repository : repository?.url;
  return url === undefined ? null : pageOf(url);
};

/** Folders whose files pages are made from: one that is not yet committed is no more of the commit than an edited one. */
const sourceFolders = ['content', 'experiments', 'src'];

/** Files of systems, editors and interpreters, which lie about unasked. */
const ofNoPage = ['.*', '\\#*', '*~', '*.pyc', '__pycache__/'];

/** Whether a file is in no commit; what a user's own git ignores is in none either, and the project's own ignores tell. */
const hasUncommitted = (git: (...words: readonly string[]) => string): boolean =>
  git(
    ...['ls-files', '--others', '--exclude-per-directory=.gitignore'],
    ...ofNoPage.map((pattern) => `--exclude=${pattern}`),
    ...['--', ...sourceFolders],
  ) !== '';

/**
 * Whether a file differs that git was told not to look at (`git update-index --assume-unchanged`, `--skip-worktree`);
 * one that a sparse checkout leaves out is not there.
 */
const hidesChanges = (root: string, git: (...words: readonly string[]) => string): boolean => {
  const told = git('ls-files', '-v', '-z')
    .split('\0')
    .filter((line) => /^[a-zS] /.test(line))
    .map((line) => ({ isSkipped: /^s/i.test(line), path: line.slice(2) }));
  return told.some(({ isSkipped, path }) => {
    if (!existsSync(join(root, path))) return !isSkipped;
    const committed = git('ls-files', '--stage', '--', `:(literal)${path}`).split(/\s/)[1];
    return git('hash-object', '--', path) !== committed;
  });
};

/** What git says of the project; a folder without a repository, or a machine without git, says nothing. @throws BadPackage */
export const readOrigin = (root: string): SiteOrigin => {
  const run = gitIn(root);
  const git = (...words: readonly string[]): string => run(...words).trim();
  const repository = repositoryOf(root);
  try {
    const [commit = null, date = null] = git('show', '--no-patch', '--format=%H%n%cI', 'HEAD').split('\n');
    return {
      commit,
      date,
      changed:
        git('status', '--porcelain', '--untracked-files=no') !== '' ||
        hasUncommitted(git) ||
        hidesChanges(root, git),
      repository,
    };
  } catch {
    return { ...unknownOrigin, repository };
  }
};
