import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

interface Job {
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps: readonly {
    readonly uses?: string;
    readonly run?: string;
    readonly with?: Readonly<Record<string, unknown>>;
  }[];
}

const folder = '.github/workflows';

test.for(readdirSync(folder))(
  '%s pins every action by a commit, names its version, and grants no more than it needs',
  (name) => {
    const text = readFileSync(`${folder}/${name}`, 'utf8');
    const uses = text.split('\n').filter((line) => /\buses:/.test(line));
    expect(uses.length).toBeGreaterThan(0);
    for (const line of uses) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    const { permissions, jobs } = parse(text);
    expect(permissions).toEqual({ contents: 'read' });
    for (const { permissions: granted, steps } of Object.values<Job>(jobs)) {
      expect(Object.keys(granted)).not.toContain('actions');
      const writes = Object.values(granted).includes('write');
      for (const { uses: action = '', run = '', with: given } of steps) {
        // What may write runs nothing of the commit: neither its files nor its scripts.
        if (writes) expect(`${action} ${run}`).not.toMatch(/checkout|npm|node|\.ci/);
        if (action.startsWith('actions/checkout@')) expect(given?.['persist-credentials']).toBe(false);
        // What others may name is no part of a script: it comes by the environment.
        expect(run).not.toContain('${{');
      }
    }
  },
);
