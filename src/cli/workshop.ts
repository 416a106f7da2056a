import { readFileSync } from 'node:fs';
import { createReporter, openStore, storeFolder, type Workshop } from '../engine/index.ts';
import { validateResults } from '../results/read-results.ts';
import {
  backendEnvironment,
  backendNamed,
  libraryName,
  machineClass,
  nativePlatform,
  referencePlatform,
  requireAddonOfToday,
  scriptEnvironment,
  scriptPlatform,
} from '../tensor/numeric-backend.ts';

/** A workshop, and what computes in it by the name that a person knows. */
export interface ProjectWorkshop extends Workshop {
  readonly library: string;
}

/**
 * What runs a paper's stages here: the project's store, the numeric backend, this machine.
 *
 * @param backend `native` unless given
 * @throws UnknownBackend, BackendNotOfToday
 */
export const createWorkshop = (root: string, backend?: string): ProjectWorkshop => {
  const chosen = backendNamed(backend);
  if (chosen === 'native') requireAddonOfToday(root);
  return {
    root,
    store: openStore(storeFolder(root, process.env)),
    ...(chosen === 'js'
      ? { platform: scriptPlatform(), environment: scriptEnvironment }
      : { platform: nativePlatform(root), environment: backendEnvironment }),
    reference: nativePlatform(root, referencePlatform),
    library: libraryName(root, chosen),
    machine: machineClass(),
    checkResult: ({ name }, path) => {
      validateResults(readFileSync(path, 'utf8'), `${name}.json`);
    },
    reporter: createReporter(),
  };
};
