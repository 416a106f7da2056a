import type { Handle } from './kernels.ts';
import { loadTensorflow } from './tensorflow.ts';

/** What tfjs-node's addon offers below tfjs: tensors, kernels and saved models by number. */
export interface NativeBinding {
  createTensor(shape: readonly number[], dtype: number, data: Float32Array | Int32Array): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): Float32Array | Int32Array;
  executeOp(
    name: string,
    attributes: readonly object[],
    inputs: readonly number[],
    outputs: number,
  ): Handle[];
  getNumOfTensors(): number;
  /** @returns the session's number */
  loadSavedModel(folder: string, tags: string): number;
  deleteSavedModel(session: number): void;
  /** Names are `<node>:<output>`, joined by commas. */
  runSavedModel(session: number, inputs: readonly number[], feeds: string, fetches: string): Handle[];
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
}

let loading: Promise<NativeBinding> | undefined;

/** @throws BackendMissing when the native library does not load */
export const nativeBinding = (): Promise<NativeBinding> => {
  loading ??= loadTensorflow().then((tf) => (tf.backend() as unknown as { binding: NativeBinding }).binding);
  return loading;
};
