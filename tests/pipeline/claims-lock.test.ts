import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { acceptVerdicts } from '../../src/cli/accept-verdicts.ts';
import { buildResults } from '../../src/cli/build-results.ts';
import { buildSite } from '../../src/cli/build-site.ts';
import { holdAgainstLock } from '../../src/cli/hold-against-lock.ts';
import { rejectionText } from '../error-text.ts';
import { createTinyProject } from './tiny-project.ts';

/** Each project is imported anew: a process keeps the modules that it has loaded. */
let project: ReturnType<typeof createTinyProject>;
const said: string[] = [];
beforeEach(() => {
  said.length = 0;
  vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
  project.remove();
});

const keyless = (text: string): string => text.replace(/key [0-9a-f]{8}/, 'key <key>');

test('a locked paper without a record fails its build, and dist stays as it was', async () => {
  project = createTinyProject(3);
  expect(keyless(await rejectionText(buildSite(project.root, {})))).toBe(
    [
      'ClaimNotAccepted: "size-is-large" has no recorded verdict.',
      '  content/tiny/claims.lock.json',
      '  content/tiny/index.mdx:9 <- sizes.json (key <key>): size-is-large holds (+4.00 halves)',
      '  hint: read the sentence beside its verdict, then run `npm run paper -- accept --paper tiny --profile whole size-is-large`.',
    ].join('\n'),
  );
  expect(project.read('dist/index.html')).toBe('the site of before');
});

test('what was accepted passes, and fails the build once it flips', async () => {
  project = createTinyProject(3);
  await acceptVerdicts(project.root, {}, ['size-is-large']);
  expect(said.slice(-2)).toEqual([
    'size-is-large: new -> holds (+4.00 halves)',
    'content/tiny/claims.lock.json is written: 1 of 1 verdicts',
  ]);
  const [computed] = await buildResults(project.root, {});
  expect(() => holdAgainstLock(project.root, computed!, new Map())).not.toThrow();
  const lock = project.read('content/tiny/claims.lock.json');
  project.remove();

  const later = createTinyProject(0.5);
  project = later;
  later.write('content/tiny/claims.lock.json', lock);
  later.write(
    'content/tiny/index.mdx',
    later
      .read('content/tiny/index.mdx')
      .replace(
        /<Claim id="size-is-large">(.*?)<\/Claim>/s,
        '<Claim id="size-is-large"><Holds>$1</Holds> <Fails>The size is small.</Fails></Claim>',
      ),
  );
  expect(keyless(await rejectionText(buildSite(later.root, {})))).toBe(
    [
      'ClaimFlipped: "size-is-large" was recorded as holds, and now does not hold.',
      '  content/tiny/index.mdx:9 <- sizes.json (key <key>)',
      '  expected holds (+4.00 halves): the size is above one',
      '  received fails (−1.00 halves): layer-0 has 0.5 against 1',
      '  hint: reword the sentence and run `npm run paper -- accept --paper tiny --profile whole size-is-large`.',
    ].join('\n'),
  );
  expect(later.read('dist/index.html')).toBe('the site of before');
});

test('a claim to accept that is not there is told with the nearest one, before anything is computed', async () => {
  project = createTinyProject(3);
  project.write(
    'experiments/tiny/sizes.ts',
    project
      .read('experiments/tiny/sizes.ts')
      .replace('=> writeFileSync', '=> { throw new Error(); },\n  unused: () => writeFileSync'),
  );
  expect(await rejectionText(acceptVerdicts(project.root, {}, ['size-is-larg']))).toBe(
    "UnknownClaim: there is no claim 'size-is-larg' to accept.\n  hint: did you mean 'size-is-large'?",
  );
  expect(said).toEqual([]);
});

test('a profile that trains in the build has no lock, and says nothing', async () => {
  project = createTinyProject(3, false);
  expect(await rejectionText(acceptVerdicts(project.root, {}, 'all'))).toBe(
    [
      "NotLocked: profile 'whole' of tiny has no lock.",
      '  what a build trains is shown, and binds no later build',
      '  hint: accept verdicts of a profile that is computed from committed weights.',
    ].join('\n'),
  );
  const [computed] = await buildResults(project.root, {});
  said.length = 0;
  holdAgainstLock(project.root, computed!, new Map());
  expect(said).toEqual([]);
});
