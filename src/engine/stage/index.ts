/** What an author of experiments imports from the engine. */
export {
  alikeInputs,
  defineStage,
  type Inputs,
  type Outputs,
  type Progress,
  type StageContext,
  type StageDefinition,
  type StageKind,
  type WitnessDefinition,
  type WitnessMark,
} from './define-stage.ts';
export { PaperError } from './paper-error.ts';
export { output, type Pipeline, type Stage, stage } from './pipeline.ts';
