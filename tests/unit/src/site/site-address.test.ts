import { expect, test } from 'vitest';
import { readSiteAddress } from '../../../../src/site/site-address.ts';
import { errorText } from '../../../error-text.ts';

test.each([
  [undefined, '/'],
  ['', '/'],
  ['/', '/'],
  ['//', '/'],
  ['papers', '/papers/'],
  ['/papers', '/papers/'],
  ['/papers/', '/papers/'],
  ['//papers//2024/', '/papers/2024/'],
  ['/a.b_c~d-e/..f/', '/a.b_c~d-e/..f/'],
])('a base %j is served below %s', (base, expected) => {
  expect(readSiteAddress({ ...(base === undefined ? {} : { PAPER_BASE: base }) }).base).toBe(expected);
});

test.each([
  [undefined, undefined],
  ['', undefined],
  ['https://example.org', 'https://example.org'],
  ['https://Example.org/', 'https://example.org'],
  ['http://localhost:4321', 'http://localhost:4321'],
])('an origin %j is %s', (site, expected) => {
  expect(readSiteAddress({ ...(site === undefined ? {} : { PAPER_SITE: site }) }).origin).toBe(expected);
});

const ofBase = (base: string): string => errorText(() => readSiteAddress({ PAPER_BASE: base }));
const ofSite = (site: string): string => errorText(() => readSiteAddress({ PAPER_SITE: site }));

test.each([
  ['../up', '/up/'],
  ['/a/../b/', '/a/b/'],
  ['/./', '/'],
  ['/%zz/', '/zz/'],
  ['/a b/', '/a-b/'],
  ['/a%20b/', '/a-b/'],
  ['/ä/', '/a/'],
  ['/%C3%A4/', '/a/'],
  ['\\papers\\', '/papers/'],
  ['/a?b#c/', '/a-b-c/'],
  ['/"><script>/', '/script/'],
  [' ', '/'],
  ['/日本/', '/'],
])('a base %j is refused, with the plain spelling %s', (base, plain) => {
  expect(ofBase(base)).toBe(
    [
      `BadBase: '${base}' is no path that a site is served below.`,
      `  expected a path from the host's root on, of letters, digits and . _ ~ -; received '${base}'`,
      `  hint: write it plainly, and serve the site there: \`PAPER_BASE=${plain}\`.`,
    ].join('\n'),
  );
  // What is pasted is taken.
  expect(readSiteAddress({ PAPER_BASE: plain }).base).toBe(plain);
});

test('a whole address is no base', () => {
  expect(ofBase('http://x.y/z')).toBe(
    [
      "BadBase: 'http://x.y/z' is no path that a site is served below.",
      "  expected a path from the host's root on, of letters, digits and . _ ~ -; received a whole address",
      '  hint: give the host apart: `PAPER_SITE=http://x.y PAPER_BASE=/z/`.',
    ].join('\n'),
  );
});

test.each([
  ['garbage', 'https://example.org'],
  ['example.com', 'https://example.com'],
  ['//example.com/x', 'https://example.com'],
  ['https://', 'https://example.org'],
  ['ftp://example.com', 'https://example.com'],
  ['file:///etc', 'https://example.org'],
  ['javascript:alert(1)', 'https://example.org'],
])('%j is refused as the address of a host', (site, whole) => {
  expect(ofSite(site)).toBe(
    [
      `BadOrigin: '${site}' is no address of a host.`,
      `  expected https:// and a host's name; received '${site}'`,
      `  hint: write it whole, such as \`PAPER_SITE=${whole}\`, or leave it out.`,
    ].join('\n'),
  );
});

test('an address with more than a host is taken apart', () => {
  expect(ofSite('https://x.y/z')).toBe(
    [
      "BadOrigin: 'https://x.y/z' holds more than the host of a site.",
      "  expected 'https://x.y'; received 'https://x.y/z'",
      '  hint: give the path apart: `PAPER_SITE=https://x.y PAPER_BASE=/z/`.',
    ].join('\n'),
  );
  expect(ofSite('https://me:secret@x.y/?q#h')).toContain(
    'hint: leave the rest out: `PAPER_SITE=https://x.y`.',
  );
});

test('the configuration is held to the same, at its place, and the environment comes first', () => {
  expect(errorText(() => readSiteAddress({}, { base: '/a b/' }))).toBe(
    [
      "BadBase: '/a b/' is no path that a site is served below.",
      '  astro.config.mjs',
      "  expected a path from the host's root on, of letters, digits and . _ ~ -; received '/a b/'",
      "  hint: write it plainly, and serve the site there: `base: '/a-b/'`.",
    ].join('\n'),
  );
  expect(errorText(() => readSiteAddress({}, { site: 'x' }))).toContain(
    "such as `site: 'https://example.org'`",
  );
  expect(readSiteAddress({ PAPER_BASE: '/b/' }, { base: '/a b/', site: 'https://x.y' })).toEqual({
    base: '/b/',
    origin: 'https://x.y',
  });
});
