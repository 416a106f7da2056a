/** What an author imports of other languages: stages that a program of the machine computes. */
export { commandStage } from './command-stage.ts';
