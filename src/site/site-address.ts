/** Where a site is served, as its environment or its configuration says: the one place that reads and judges it. */
import { PaperError, type SourcePosition } from '../engine/stage/index.ts';

export interface SiteAddress {
  /** Path from the host's root on: begins and ends with a slash. */
  readonly base: string;
  /** `https://host`, without a slash at its end; undefined where the site does not know its own. */
  readonly origin: string | undefined;
}

/** Of `astro.config.mjs`. */
export interface ConfiguredAddress {
  readonly base?: string | undefined;
  readonly site?: string | undefined;
}

/** A text that was given, how it is written again, and where it stands. */
interface Given {
  readonly text: string;
  readonly write: (text: string) => string;
  readonly where: SourcePosition | undefined;
}

const configFile = { file: 'astro.config.mjs' };

const addressIn = (text: string): URL | undefined => {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
};

const isWebAddress = ({ protocol, hostname }: URL): boolean => /^https?:$/.test(protocol) && hostname !== '';

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const writeBase = (text: string): string => `PAPER_BASE=${text}`;
const writeOrigin = (text: string): string => `PAPER_SITE=${text}`;

/** The nearest path that every host serves as it is written. */
const plainPath = (path: string): string => {
  const parts = decoded(path)
    .normalize('NFKD')
    .split(/[/\\]/)
    .map((part) =>
      part
        .replace(/\p{M}/gu, '')
        .replace(/[^A-Za-z0-9._~-]+/g, '-')
        .replace(/^-+|-+$/g, ''),
    )
    .filter((part) => !/^\.*$/.test(part));
  return ['', ...parts, ''].join('/');
};

/**
 * Plain characters alone: of any other, browsers, hosts and tools write the one spelling or the other, and links would be
 * held against both.
 *
 * @throws BadBase
 */
const readBase = ({ text, write, where }: Given): string => {
  const parts = text.split('/').filter((part) => part !== '');
  if (parts.every((part) => /^[A-Za-z0-9._~-]+$/.test(part) && !/^\.+$/.test(part)))
    return `/${parts.join('/')}/`.replace('//', '/');
  const whole = addressIn(text);
  const isWhole = whole !== undefined && isWebAddress(whole);
  throw new PaperError('BadBase', `'${text}' is no path that a site is served below.`, {
    where,
    details: [
      `expected a path from the host's root on, of letters, digits and . _ ~ -; received ${isWhole ? 'a whole address' : `'${text}'`}`,
    ],
    hint: isWhole
      ? `give the host apart: \`${writeOrigin(whole.origin)} ${writeBase(plainPath(whole.pathname))}\`.`
      : `write it plainly, and serve the site there: \`${write(plainPath(text))}\`.`,
  });
};

/** @throws BadOrigin */
const readOrigin = ({ text, write, where }: Given): string => {
  const found = addressIn(text);
  if (found && isWebAddress(found)) {
    const { origin, pathname, search, hash, username, password } = found;
    if ([search, hash, username, password].every((part) => part === '') && pathname === '/') return origin;
    throw new PaperError('BadOrigin', `'${text}' holds more than the host of a site.`, {
      where,
      details: [`expected '${origin}'; received '${text}'`],
      hint:
        pathname === '/'
          ? `leave the rest out: \`${write(origin)}\`.`
          : `give the path apart: \`${writeOrigin(origin)} ${writeBase(plainPath(pathname))}\`.`,
    });
  }
  const meant = addressIn(`https://${text.replace(/^[^/]*:?\/\//, '')}`);
  const origin = meant?.hostname.includes('.') ? meant.origin : 'https://example.org';
  throw new PaperError('BadOrigin', `'${text}' is no address of a host.`, {
    where,
    details: [`expected https:// and a host's name; received '${text}'`],
    hint: `write it whole, such as \`${write(origin)}\`, or leave it out.`,
  });
};

/**
 * Where the site is to be served. The environment comes first: `PAPER_BASE` and `PAPER_SITE`; an empty one says the
 * host's root, and no address.
 *
 * @param configured what stands where the environment says nothing
 * @throws BadBase, BadOrigin
 */
export const readSiteAddress = (
  { PAPER_BASE, PAPER_SITE }: NodeJS.ProcessEnv = process.env,
  { base = '/', site }: ConfiguredAddress = {},
): SiteAddress => ({
  base: readBase(
    PAPER_BASE === undefined
      ? { text: base, write: (text) => `base: '${text}'`, where: configFile }
      : { text: PAPER_BASE, write: writeBase, where: undefined },
  ),
  origin:
    (PAPER_SITE ?? site ?? '') === ''
      ? undefined
      : readOrigin(
          PAPER_SITE === undefined
            ? { text: site ?? '', write: (text) => `site: '${text}'`, where: configFile }
            : { text: PAPER_SITE, write: writeOrigin, where: undefined },
        ),
});
