import { statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { dev } from 'astro';
import type { ErrorPayload, ViteDevServer } from 'vite';
import type { PaperError } from '../engine/stage/index.ts';
import { pageFile, pagesOfPaper } from '../site/page-files.ts';
import { type SiteBuild, siteBuildPlugin } from '../site/site-build.ts';
import { authorPayload } from './author-payload.ts';

/** A server of pages that follows what is computed. */
export interface LiveServer {
  /** A line of progress, on every open page. */
  readonly say: (text: string) => void;
  /** What was computed anew is printed. */
  readonly refresh: () => void;
  /** A mistake, over every open page and over those that are opened until it is mended. */
  readonly fail: (error: PaperError) => void;
  /**
   * Tells each file below a folder that is written, replaced or removed, by its whole path, for as long as the server runs.
   * Editors put a new file in the place of the old one: Node's own recursive watch would see that once, and nothing after.
   */
  readonly follow: (folder: string, seen: (file: string) => void) => void;
}

const payloadOf = (root: string, error: PaperError): ErrorPayload => {
  const { file, line = 1, column = 1 } = error.where ?? {};
  const err = {
    name: error.name,
    title: error.name,
    message: [error.message, ...error.details].join('\n'),
    hint: error.hint,
    stack: '',
    ...(file === undefined ? {} : { id: file, loc: { file: join(root, file), line, column } }),
    plugin: 'reproducible-paper',
  };
  return { type: 'error', err };
};

/** After it two changes of a file are told apart. */
const settledMs = 100;

const modifiedMs = (file: string): number | undefined => statSync(file, { throwIfNoEntry: false })?.mtimeMs;

/** Starts Astro's server on a build whose papers may be given anew. */
export const serveLive = async (root: string, site: SiteBuild): Promise<LiveServer> => {
  let server: ViteDevServer | undefined;
  let failure: ErrorPayload | undefined;
  await dev({
    root,
    vite: {
      plugins: [
        siteBuildPlugin(site),
        {
          name: 'reproducible-paper:live',
          configureServer: (started) => {
            server = started;
            for (const channel of [started.ws, started.environments.client.hot]) {
              const send = channel.send.bind(channel) as (...args: unknown[]) => void;
              channel.send = (payload: Parameters<typeof authorPayload>[0], ...rest: unknown[]) =>
                send(authorPayload(payload), ...rest);
            }
            started.ws.on('connection', () => {
              if (failure) started.ws.send(failure);
            });
          },
        },
      ],
    },
  });
  if (!server) throw new Error('internal: the server was not configured');
  const { ws, watcher } = server;
  // A second change within a twentieth of a second, as by a formatter after a save, is told to nobody by who watches.
  watcher.on('change', (file) => {
    const seen = modifiedMs(file);
    setTimeout(() => {
      if (modifiedMs(file) !== seen) watcher.emit('change', file);
    }, settledMs);
  });
  return {
    say: (text) => ws.send('paper:progress', { text }),
    refresh: () => {
      failure = undefined;
      ws.send('paper:computed', {});
      for (const paper of site.papers.keys())
        for (const page of pagesOfPaper(root, paper))
          watcher.emit('change', join(root, pageFile(paper, page)));
    },
    fail: (error) => {
      failure = payloadOf(root, error);
      ws.send('paper:computed', {});
      ws.send(failure);
    },
    follow: (folder, seen) => {
      watcher.add(folder);
      for (const event of ['add', 'change', 'unlink'] as const)
        watcher.on(event, (file) => {
          if (file.startsWith(`${folder}${sep}`)) seen(file);
        });
    },
  };
};
