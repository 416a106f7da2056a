/** What an author imports: which stages of a paper its readers run as well. */
export type { Rerunning } from './rerunning.ts';
