import { SetupError } from './setup-error.mjs';

const oldest = 20;

/** The machine's own Node only starts the set-up; the project then brings its own. */
export const checkNode = () => {
  if (Number(process.version.slice(1).split('.')[0]) >= oldest) return;
  throw new SetupError('NodeTooOld', `the set-up runs on Node ${oldest} or later.`, {
    details: [`expected v${oldest}.0.0 or later; received ${process.version}`],
    hint: "install a newer Node (for example with your system's package manager or `n lts`) and run the same command again.",
  });
};
