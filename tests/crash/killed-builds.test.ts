import { expect, test } from 'vitest';
import { killBuilds } from './killed-builds.ts';

// Some forty builds of a second each; a loaded machine takes several times that.
test('wherever a build is killed, the next one ends as an undisturbed one does and leaves no file behind', async () => {
  const { undisturbed, killed } = await killBuilds(20, 54);
  expect(undisturbed.files.length).toBeGreaterThan(10);
  expect(new Set(killed.map(({ all }) => all)).size).toBe(2);
  // Moments are shares of an undisturbed build, and builds differ; some must be hit on any machine.
  expect(killed.filter(({ atWork }) => atWork).length).toBeGreaterThanOrEqual(5);
  for (const { afterMs, all, aftermath } of killed) {
    expect(aftermath, `${all ? 'all' : 'the runner'} killed after ${afterMs.toFixed(0)} ms`).toEqual(
      undisturbed,
    );
  }
});
