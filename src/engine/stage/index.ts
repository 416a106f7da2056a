/** What an author of experiments, and all that is no command, imports from the engine. */
export { digestOf } from '../keys/digest.ts';
export { sha256, sha256OfFile } from '../keys/sha256.ts';
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
export { nearestHint } from './nearest-name.ts';
export { formatError, PaperError, type SourcePosition } from './paper-error.ts';
export {
  type ExplorationCode,
  output,
  type Pipeline,
  type PlacedExploration,
  profileFlag,
  type ResultMember,
  resultMembers,
  type Stage,
  stage,
  stagesInOrder,
} from './pipeline.ts';
export { positionAt } from './position-at.ts';
export { type Replicated, replicate } from './replicate.ts';
