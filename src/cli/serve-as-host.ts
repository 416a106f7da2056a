import { createReadStream, readFileSync, statSync } from 'node:fs';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import sirv from 'sirv';

const textOf = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

/** The path below which dist was built to be served, with slashes: where its home page seeks its styles. */
export const builtBase = (dist: string): string => {
  const home = textOf(join(dist, 'index.html')) ?? '';
  return /(?:href|src)="(\/[^":]*?)_astro\//.exec(home)?.[1] ?? '/';
};

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** What hosts send compressed. */
const textTypes: Readonly<Record<string, string>> = {
  '.csv': 'text/csv; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml',
};

/** As most hosts do: what has no type of its own is bytes, and text is UTF-8. */
const types: Readonly<Record<string, string>> = { ...textTypes, '.safetensors': 'application/octet-stream' };

const nameType = (response: ServerResponse, path: string): void => {
  const type = types[extname(path)];
  if (type !== undefined) response.setHeader('Content-Type', type);
};

/** A whole text as a client that knows gzip gets it; false, and nothing sent, for anything else. */
const sendCompressed = (
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  file: string,
): boolean => {
  const type = textTypes[extname(file)];
  const isAsked =
    headers.range === undefined &&
    /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(String(headers['accept-encoding']));
  if (type === undefined || !isAsked || !statSync(file, { throwIfNoEntry: false })?.isFile()) return false;
  response.writeHead(200, {
    'Cache-Control': 'no-store',
    'Content-Encoding': 'gzip',
    'Content-Type': type,
    Vary: 'Accept-Encoding',
  });
  if (method === 'HEAD') response.end();
  // A reader who left has nothing to be told.
  else pipeline(createReadStream(file), createGzip(), response).catch(() => response.destroy());
  return true;
};

/** One range with a start, which alone sirv reads right; any other may be answered with the whole file. */
const keepPlainRange = ({ headers }: IncomingMessage): void => {
  const [, start, end] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
  const isPlain = start !== undefined && (end === '' || (Number(end) >= Number(start) && Number(end) > 0));
  if (!isPlain) delete headers.range;
};

const answer = (response: ServerResponse, status: number, type: string, text: string): void => {
  response.writeHead(status, { 'Content-Type': `${type}; charset=utf-8` });
  response.end(text);
};

/**
 * Serves a folder as a static host does: below the base that it was built for, a folder at its path with a slash, to
 * which the path without one redirects, and its own 404 page where it has one.
 */
export const serveAsHost = (dist: string): RequestListener => {
  const serve = sirv(dist, { dev: true, setHeaders: nameType });
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      answer(response, 405, 'text/plain', 'dist is only read');
      return;
    }
    // Read at each request, since a build may have changed it.
    const base = builtBase(dist);
    const [, rawPath = '/', query = ''] = /^([^?#]*)(\?[^#]*)?/.exec(request.url ?? '/') ?? [];
    let path: string;
    try {
      path = decodeURIComponent(rawPath);
    } catch {
      answer(response, 400, 'text/plain', 'the address is not one');
      return;
    }
    const redirect = (to: string): void => {
      // Two slashes at its start would name another host.
      response.writeHead(301, { Location: `${to.replace(/^\/+/, '/')}${query}` });
      response.end();
    };
    const notFound = (): void => {
      const page = textOf(join(dist, '404.html'));
      if (page === undefined) answer(response, 404, 'text/plain', 'not found');
      else answer(response, 404, 'text/html', page);
    };
    if (!`${path}/`.startsWith(base)) {
      if (path === '/') redirect(base);
      else notFound();
      return;
    }
    const below = path.slice(base.length);
    if (below.split('/').includes('..') || below.includes('\0')) {
      notFound();
      return;
    }
    if (!path.endsWith('/') && isFolder(join(dist, below))) {
      redirect(`${rawPath}/`);
      return;
    }
    // A file has no path with a slash.
    if (path.endsWith('/') && !isFolder(join(dist, below))) {
      notFound();
      return;
    }
    const file = join(dist, below, path.endsWith('/') ? 'index.html' : '');
    if (sendCompressed(request, response, file)) return;
    keepPlainRange(request);
    request.url = `/${rawPath.slice(base.length)}`;
    serve(request, response, notFound);
  };
};
