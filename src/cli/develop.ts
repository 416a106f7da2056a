import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync, watch } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { PaperError } from '../engine/stage/index.ts';
import { readSiteAddress } from '../site/site-address.ts';
import { createSiteBuild } from '../site/site-build.ts';
import { buildResults } from './build-results.ts';
import { type GivenMessage, givenPapersOf } from './given-paper.ts';
import { serveLive } from './live-server.ts';
import type { BuildOptions } from './load-papers.ts';
import { paperErrorIn } from './paper-error-in.ts';
import { readOrigin } from './read-origin.ts';
import { watchedPlaces } from './watched-places.ts';

/** Wait for an editor to finish writing before anything runs. */
const settleMs = 100;

/** What the server follows by itself: prose, references, and the site's own parts. Elsewhere such a file may be data. */
const isFollowed = (path: string): boolean =>
  /^content\/.*\.(mdx|bib|csl|astro|css|woff2?|ttf|otf)$/.test(path) || path.startsWith('src/site/');

/** All else may decide what is computed, or what may be said of it; but no editor's or interpreter's own files. */
const decidesResults = (path: string): boolean =>
  !isFollowed(path) && !/^[.#]|~$|\.pyc$/.test(basename(path)) && !path.includes('__pycache__');

const brokenComputation = (): PaperError =>
  new PaperError(
    'ComputationBroken',
    'the computation ended with an internal error, a fault of this program.',
    {
      hint: 'the terminal has its stack; the numbers on the page are those from before the edit.',
    },
  );

/**
 * Serves the pages live: prose at once; an edit of code, claims, tables or figures first runs again what it reaches,
 * while the pages say so. A mistake is shown over the page, with its place and what to do.
 */
export const develop = async (root: string, options: BuildOptions): Promise<void> => {
  readSiteAddress();
  const site = createSiteBuild(
    await givenPapersOf(root, await buildResults(root, options)),
    readOrigin(root),
  );
  const live = await serveLive(root, site);
  const flags = Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [value === 'true' ? `--${name}` : `--${name}=${value}`],
  );
  // A process of its own: this one keeps the modules that it has loaded. What it computed comes over a channel that
  // it alone can write to, so the pages print that and nothing that lies in a file.
  const recompute = async (): Promise<void> => {
    // Before the process says anything itself, it loads the papers.
    live.say('looking at what the edit reaches');
    const child = spawn(process.execPath, [...process.execArgv, process.argv[1] ?? '', 'results', ...flags], {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      serialization: 'advanced',
    });
    let told: GivenMessage | undefined;
    child.on('message', (message: GivenMessage) => {
      told = message;
    });
    if (child.stdout) {
      createInterface({ input: child.stdout }).on('line', (line) => {
        console.log(line);
        if (line.trim() !== '') live.say(line.trim());
      });
    }
    await once(child, 'close');
    if (told && 'computed' in told) {
      site.give(told.computed);
      live.refresh();
    } else {
      live.fail((told && paperErrorIn(told.failed)) ?? brokenComputation());
    }
  };
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  const edited = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(recompute);
    }, settleMs);
  };
  for (const { folder, path } of watchedPlaces(root)) {
    live.follow(path, (file) => {
      if (decidesResults(join(folder, relative(path, file)))) edited();
    });
  }
  // A file from outside the project that a paper's own option names; by its folder, since editors replace files.
  for (const path of Object.values(options)) {
    if (path === undefined || !statSync(path, { throwIfNoEntry: false })?.isFile()) continue;
    watch(dirname(path), (_, file) => {
      if (file === basename(path)) edited();
    });
  }
};
