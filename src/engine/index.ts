/** What commands import from the engine, besides an author's door: what runs, explains and publishes stages. */

export { connectionPlace, definitionPlace, moduleName } from './keys/definition-place.ts';
export { digestOfFile } from './keys/digest-of-file.ts';
export { exportNameOf, findExport } from './keys/export-name.ts';
export { stackPlace } from './keys/stack-place.ts';
export type { Platform } from './keys/stage-key.ts';
export { attestRun } from './published/attest-run.ts';
export { type AuditLine, auditRun } from './published/audit-run.ts';
export { publishRun } from './published/publish-run.ts';
export {
  type Attestation,
  type PublishedRecord,
  publishedPlace,
  readPublishedRecord,
} from './published/published-run.ts';
export { partsNeedInputs, witnessParts } from './published/replay-witness.ts';
export { comparisonWords } from './published/witness.ts';
export { diskFull } from './run/disk-error.ts';
export type { FinishedStage } from './run/finished-stage.ts';
export { lockKey } from './run/key-lock.ts';
export { lookAtPipeline, otherInputsWords, pipelineStatus, type StageStatus } from './run/pipeline-status.ts';
export { nameOfProcess, processState } from './run/process-identity.ts';
export { createReporter } from './run/progress.ts';
export { runPipeline } from './run/run-pipeline.ts';
export { stageMistakes } from './run/stage-mistakes.ts';
export { openStore, storeFolder } from './run/store.ts';
export { useStore, withStoreAlone } from './run/store-users.ts';
export { restoreFolder, swapFolder } from './run/swap-folder.ts';
export { createThreadSlots } from './run/thread-slots.ts';
export { type Verification, verifyStage } from './run/verify-stage.ts';
export { type Workshop, workFolder } from './run/workshop.ts';
export { writeWhole } from './run/write-whole.ts';
export * from './stage/index.ts';
export { toldAnew } from './stage/told-anew.ts';
