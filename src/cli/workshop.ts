import { createReporter } from '../engine/progress.ts';
import { openStore, storeFolder } from '../engine/store.ts';
import type { Workshop } from '../engine/workshop.ts';
import { backendEnvironment, machineClass, numericBackend } from '../tensor/numeric-backend.ts';

/** What runs a paper's stages here: the project's store, the native backend, this machine. */
export const createWorkshop = (root: string): Workshop => ({
  root,
  store: openStore(storeFolder(root, process.env)),
  backend: numericBackend(),
  referenceBackend: numericBackend('linux-x64'),
  machine: machineClass(),
  environment: backendEnvironment,
  reporter: createReporter(),
});
