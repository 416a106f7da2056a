/** What the bundler puts before the code of a worker: nothing of it runs before these doors are closed. */
import { closeDoors } from './stage-guard.ts';

closeDoors();
