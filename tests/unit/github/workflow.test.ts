import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

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
    for (const job of Object.values<{ permissions: object }>(jobs)) {
      expect(Object.keys(job.permissions)).not.toContain('actions');
    }
  },
);
