/** Runs the stages of a plan one after another in this process; what they need is in the plan, which is JSON. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PlainStage } from './plain-run.ts';

const [planFile = '', python = ''] = process.argv.slice(2);
const plan: readonly PlainStage[] = JSON.parse(readFileSync(planFile, 'utf8'));

let told: PlainStage['environment'] = {};
for (const { name, module, script, environment, ...context } of plan) {
  for (const variable of Object.keys(told)) delete process.env[variable];
  told = environment;
  Object.assign(process.env, told);
  if (script === undefined) {
    const { tiny } = await import(pathToFileURL(module).href);
    await tiny.run(context);
  } else {
    const manifest = join(planFile, '..', `${name}.manifest.json`);
    writeFileSync(manifest, JSON.stringify(context));
    execFileSync(python, [script, manifest], { stdio: 'inherit' });
  }
}
