/**
 * Trains and publishes the tiny paper in a folder, and kills its own process at the given write that concerns
 * what is published: a file then is half written.
 */
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const [folder = '', options = '', killAt = ''] = process.argv.slice(2);
let calls = 0;

type Call = (...args: never[]) => Promise<unknown>;
const patched = fs as unknown as Record<string, Call>;
for (const name of ['rename', 'writeFile', 'copyFile', 'mkdir', 'rm']) {
  const original = patched[name] as (...args: unknown[]) => Promise<unknown>;
  patched[name] = async (...args: unknown[]): Promise<unknown> => {
    if (!String(args[0]).includes('/published/')) return original(...args);
    calls += 1;
    if (calls === Number(killAt)) {
      const [path, data] = args;
      if (name === 'writeFile') await original(path, String(data).slice(0, String(data).length / 2));
      process.kill(process.pid, 'SIGKILL');
    }
    return original(...args);
  };
}
syncBuiltinESMExports();

const { createTinyPaper } = await import('./tiny-paper.ts');
const { tinyTraining } = await import('./tiny-training.ts');
const paper = createTinyPaper(folder);
console.log(await paper.train(tinyTraining(paper, JSON.parse(options)).training));
