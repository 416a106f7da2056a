/** What the bundler puts before the code of a worker: nothing of it runs before these doors are closed. */
import { closeDoors, tellAtOnce } from './stage-guard.ts';

// The stage's own thread does not see what is refused in this one.
tellAtOnce();
closeDoors();
