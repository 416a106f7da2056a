/** What `packageStatesAside` starts. */
import { parentPort, workerData } from 'node:worker_threads';
import { packageStates } from './package-states.ts';

parentPort?.postMessage(packageStates(workerData));
