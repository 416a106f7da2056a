/** What an author imports of Python: stages that it computes, and whether this machine has one that can. */
export { pythonStage } from './python-stage.ts';
export { whyNoPython } from './run-python.ts';
