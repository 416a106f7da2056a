/**
 * The same edits made to the same small project as each system would have it, built again, and judged by the value
 * that it then publishes. The table is written to docs/peers.json, which the site prints.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Bench, BenchRow } from './bench-row.ts';
import { openBeacon } from './peers/beacon.ts';
import { dvc } from './peers/dvc.ts';
import { type Edit, edits, neutralEdits } from './peers/edits.ts';
import { type Judgement, judgeEdit } from './peers/judge-edit.ts';
import { mystmd } from './peers/mystmd.ts';
import { observableFramework } from './peers/observable-framework.ts';
import type { PeerSystem } from './peers/peer-system.ts';
import { snakemake } from './peers/snakemake.ts';
import { thisEngine } from './peers/this-engine.ts';
import { viteTask } from './peers/vite-task.ts';

const file = 'docs/peers.json';
const systems: readonly PeerSystem[] = [thisEngine, viteTask, observableFramework, mystmd, dvc, snakemake];

export interface PeerTable {
  readonly edits: readonly Pick<Edit, 'id' | 'title'>[];
  readonly neutralEdits: readonly Pick<Edit, 'id' | 'title'>[];
  readonly systems: readonly {
    readonly id: string;
    readonly name: string;
    readonly version: string;
    readonly declares: string;
    readonly outcomes: Readonly<Record<string, Judgement>>;
  }[];
}

const title = ({ id, title }: Edit) => ({ id, title });

const judgeSystem = async (system: PeerSystem): Promise<PeerTable['systems'][number]> => {
  const beacon = await openBeacon();
  const outcomes: Record<string, Judgement> = {};
  try {
    for (const edit of [...edits, ...neutralEdits]) {
      outcomes[edit.id] = await judgeEdit(system, edit, beacon);
      console.log(`${system.name}, ${edit.title}: ${outcomes[edit.id]!.outcome}`);
    }
  } finally {
    beacon.close();
  }
  const { id, name, version, declares } = system;
  return { id, name, version, declares, outcomes };
};

const count = (table: PeerTable['systems'][number], outcome: Judgement['outcome']): number =>
  Object.values(table.outcomes).filter((judgement) => judgement.outcome === outcome).length;

/** `PAPER_PEERS`: ids of systems; the others keep what docs/peers.json says of them. */
export const peersBench: Bench = async () => {
  const asked = process.env['PAPER_PEERS']?.split(',');
  const earlier = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as PeerTable).systems : [];
  // Each has a port and a folder of its own, so that they may run side by side: nothing here is timed.
  const judged = await Promise.all(
    systems.map(async (system) => {
      const kept = earlier.find(({ id }) => id === system.id);
      return kept !== undefined && asked?.includes(system.id) === false ? kept : judgeSystem(system);
    }),
  );
  const table: PeerTable = {
    edits: edits.map(title),
    neutralEdits: neutralEdits.map(title),
    systems: judged,
  };
  writeFileSync(file, `${JSON.stringify(table, null, 2)}\n`);
  const [ours, ...others] = judged as [PeerTable['systems'][number], ...PeerTable['systems'][number][]];
  return (['stale', 'needless'] as const).map((outcome): BenchRow => {
    const counts = others.map((system) => ({ name: system.name, of: count(system, outcome) }));
    const best = counts.reduce((least, next) => (next.of < least.of ? next : least));
    return {
      id: `peers.${outcome}`,
      value: count(ours, outcome),
      unit: outcome === 'stale' ? 'stale values' : 'edits after which stages ran for nothing',
      peer: best.name,
      peerValue: best.of,
      ratio: null,
      runs: 1,
      note: counts.map(({ name, of }) => `${name} ${of}`).join(', '),
    };
  });
};
