/**
 * Every edit is made to a project that was built before, with a store full of what was true; what the next build
 * publishes is held against the same files, run by Node alone: without keys, bundles, confinement or a store.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { KeyRecord } from '../../src/engine/keys/stage-key.ts';
import { createMutableProject, type MutableProject, type Published } from './mutable-project.ts';
import { neutralMutations } from './neutral-mutations.ts';
import { type ValueMutation, valueMutations } from './value-mutations.ts';
import { plainWiring } from './wired-pipeline.ts';

/** A member of every key's record that is the same whatever it should say. */
const blind = vi.hoisted((): { part: string | undefined } => ({ part: undefined }));

vi.mock('../../src/engine/keys/stage-key.ts', async (importOriginal) => {
  const real = await importOriginal<typeof import('../../src/engine/keys/stage-key.ts')>();
  return {
    ...real,
    stageKey: (record: KeyRecord) =>
      real.stageKey(blind.part === undefined ? record : { ...record, [blind.part]: 'always the same' }),
  };
});

const published = ({ value, error }: Published): string => value ?? `refused: ${error}`;

/** The value that belongs to what a project is after an edit, and what the next build published. */
const mutate = async (project: MutableProject, { edit, wiring, refused }: ValueMutation) => {
  edit?.(project.tree);
  const received = published(await project.build(wiring));
  return { expected: refused ? `refused: ${refused}` : await project.runPlainly(wiring), received };
};

describe('edits', () => {
  let project: MutableProject;
  let before: Published;
  let stale = 0;
  let needless = 0;
  beforeAll(async () => {
    project = await createMutableProject();
    before = await project.build();
    expect(published(before)).toBe(await project.runPlainly());
  });
  beforeEach(async () => {
    // The edit of before is taken back, which is an edit too: its value must not stay.
    expect(await project.build()).toEqual({ ...before, ran: [] });
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    project.putBack();
  });
  afterAll(() => {
    project.remove();
    console.log(`stale values published ÷ mutations: ${stale} / ${valueMutations.length}`);
    console.log(`needless reruns ÷ neutral edits: ${needless} / ${neutralMutations.length}`);
  });

  test.each(valueMutations)('$name: what belongs here is published', async (mutation) => {
    const { expected, received } = await mutate(project, mutation);
    if (received !== expected) stale += 1;
    expect(expected).not.toBe(published(before));
    expect(received).toBe(expected);
  });

  test.each(neutralMutations)('$name: nothing runs', async (mutation) => {
    const { name, edit, wiring, runs = [], moved, environment = {}, workingDirectory } = mutation;
    for (const [variable, value] of Object.entries(environment)) vi.stubEnv(variable, value);
    edit?.(project.tree);
    const home = process.cwd();
    if (workingDirectory !== undefined) process.chdir(workingDirectory);
    const turned = { total: plainWiring.total.toReversed() };
    const after = await (moved
      ? project.buildMoved()
      : project.build(name === 'the order of inputs' ? turned : wiring)
    ).finally(() => process.chdir(home));
    if (after.ran.some((stage) => !runs.includes(stage))) needless += 1;
    expect(after).toEqual({ value: before.value, ran: runs });
  });

  test('there are at least forty edits that change a value and fifteen that do not', () => {
    expect(valueMutations.length).toBeGreaterThanOrEqual(40);
    expect(neutralMutations.length).toBeGreaterThanOrEqual(15);
  });
});

describe('the suite itself', () => {
  afterEach(() => {
    blind.part = undefined;
  });
  const guarded = valueMutations.filter(({ guards }) => guards !== undefined);

  test('has an edit for every part of a key that a value can depend on', () => {
    const parts: Record<keyof KeyRecord, boolean> = {
      code: true,
      params: true,
      inputs: true,
      files: true,
      native: true,
      outputs: true,
      backend: true,
      node: true,
      // Says how an equal key is to be read; `backend` is there for one kind alone.
      schema: false,
      kind: false,
    };
    expect([...new Set(guarded.map(({ guards }) => guards!))].sort()).toEqual(
      (Object.keys(parts) as (keyof KeyRecord)[]).filter((part) => parts[part]).sort(),
    );
  });

  test.each(guarded)('finds a stale value after $name where keys are blind to $guards', async (mutation) => {
    blind.part = mutation.guards;
    const project = await createMutableProject();
    try {
      const before = await project.build();
      const { expected, received } = await mutate(project, mutation);
      expect(received).not.toBe(expected);
      expect(received).toBe(published(before));
    } finally {
      project.remove();
    }
  });
});
