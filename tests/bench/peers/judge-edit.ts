import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Beacon } from './beacon.ts';
import { type Edit, type EditedProject, move } from './edits.ts';
import type { BuildEnd, PeerSystem } from './peer-system.ts';

/**
 * What a system did. `right`: it published the value that a build from nothing gives, and ran nothing for nothing;
 * `stale`: another value, without a word; `needless`: right, by work that nothing asked for; `refused`: it ended
 * with an error and the value that belongs here was not published; `unnoticed`: the value cannot be made again,
 * and nothing said so; `verified`: the same, told by the system's command that runs it twice; `none`: the system has no such part.
 */
export type Outcome = 'right' | 'stale' | 'needless' | 'refused' | 'unnoticed' | 'verified' | 'none';

export interface Judgement {
  readonly outcome: Outcome;
  /** Published after the edit, and by a build from nothing. */
  readonly published?: number | null;
  readonly expected?: number | null;
  /** Stages that ran in the build after the edit. */
  readonly ran?: readonly string[];
  /** The last line that it printed, of an error. */
  readonly said?: string;
}

const cleared = (system: PeerSystem, folder: string): void => {
  for (const path of [...system.caches, ...system.products]) {
    rmSync(join(folder, path), { recursive: true, force: true });
  }
};

const filesBelow = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
    : [];

/** @param base the edit's own folder, which is another each time: what it refused is told without */
const lastLine = ({ said }: BuildEnd, base: string): string =>
  (said.trim().split('\n').at(-1) ?? '').replaceAll(base, '<folder>');

/** Every file of the store in turn, and the worst that came of it. */
const flipBits = async (
  system: PeerSystem,
  { folder, layout }: EditedProject,
  expected: number,
): Promise<Judgement> => {
  const paths = system.caches.flatMap((cache) => filesBelow(join(folder, cache)));
  if (paths.length === 0) return { outcome: 'none' };
  const kept = `${folder}.kept`;
  cpSync(folder, kept, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
  let refusal: Judgement | undefined;
  for (const path of paths) {
    rmSync(folder, { recursive: true });
    cpSync(kept, folder, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
    // What it gave is gone, so that it takes it from its store.
    for (const given of [layout.intermediate, layout.published]) {
      if (given !== undefined) rmSync(join(folder, given), { force: true });
    }
    const bytes = readFileSync(path);
    if (bytes.length === 0) continue;
    const middle = bytes.length >> 1;
    bytes[middle] = bytes[middle]! ^ 1;
    rmSync(path);
    writeFileSync(path, bytes);
    const end = await system.build(folder, {});
    const published = system.read(folder) ?? null;
    if (end.exitCode !== 0)
      refusal = { outcome: 'refused', published, expected, said: lastLine(end, dirname(folder)) };
    else if (published !== expected) return { outcome: 'stale', published, expected };
  }
  return refusal ?? { outcome: 'right', published: expected, expected };
};

/** The edit's whole course in a project of its own: made, built, edited, built again, and built from nothing. */
export const judgeEdit = async (system: PeerSystem, edit: Edit, beacon: Beacon): Promise<Judgement> => {
  const language = edit.language ?? system.languages[0]!;
  if (!system.languages.includes(language)) return { outcome: 'none' };
  const base = mkdtempSync(join(tmpdir(), 'peer-'));
  try {
    const folder = join(base, 'project');
    const layout = await system.create(folder, language, beacon.port);
    let project: EditedProject = { folder, language, layout, outside: join(base, 'outside.txt') };
    if (edit.needs?.some((part) => layout[part] === undefined)) return { outcome: 'none' };
    edit.prepare?.(project);
    const first = await system.build(folder, {});
    const before = system.read(folder);
    if (first.exitCode !== 0) return { outcome: 'refused', said: lastLine(first, base) };
    if (before === undefined) throw new Error(`${system.name} published nothing: ${first.said}`);
    if (edit.special === 'bit-flip') return await flipBits(system, project, before);
    if (edit.special === 'moved') project = move(project, join(base, 'moved'));
    edit.apply?.(project);
    await beacon.heard();
    const end = await system.build(project.folder, edit.environment ?? {});
    const ran = await beacon.heard();
    const published = system.read(project.folder) ?? null;
    if (edit.special === 'unrepeatable') {
      if (end.exitCode !== 0) return { outcome: 'refused', ran };
      const isFound = (await system.verify?.(project.folder)) === false;
      return { outcome: isFound ? 'verified' : 'unnoticed', ran };
    }
    cleared(system, project.folder);
    await system.build(project.folder, edit.environment ?? {});
    const expected = system.read(project.folder) ?? null;
    await beacon.heard();
    const seen = { published, expected, ran };
    if (end.exitCode !== 0) return { outcome: 'refused', ...seen, said: lastLine(end, base) };
    if (published !== expected) return { outcome: 'stale', ...seen };
    const neutral = edit.changes === 'nothing' && !edit.id.endsWith('tampered');
    const needless = neutral && (edit.needless === undefined ? ran.length > 0 : ran.includes(edit.needless));
    return { outcome: needless ? 'needless' : 'right', ...seen };
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
};
