import { createReporter } from '../engine/run/progress.ts';
import { openStore, storeFolder } from '../engine/run/store.ts';
import type { Workshop } from '../engine/run/workshop.ts';
import {
  backendEnvironment,
  backendNamed,
  machineClass,
  numericBackend,
  scriptBackend,
  scriptEnvironment,
} from '../tensor/numeric-backend.ts';

/**
 * What runs a paper's stages here: the project's store, the numeric backend, this machine.
 *
 * @param backend `native` unless given
 * @throws UnknownBackend
 */
export const createWorkshop = (root: string, backend?: string): Workshop => ({
  root,
  store: openStore(storeFolder(root, process.env)),
  ...(backendNamed(backend) === 'js'
    ? { backend: scriptBackend(), environment: scriptEnvironment }
    : { backend: numericBackend(), environment: backendEnvironment }),
  referenceBackend: numericBackend('linux-x64'),
  machine: machineClass(),
  reporter: createReporter(),
});
