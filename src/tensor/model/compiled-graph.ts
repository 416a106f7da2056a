import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataType } from '../kernels.ts';
import { type NativeBinding, nativeBinding } from '../native-binding.ts';
import type { RecordedGraph } from './graph-recorder.ts';

/** What is fed to an input: its numbers; the recorded graph knows their shape. */
export type Feeds = Readonly<Record<string, Float32Array | Int32Array>>;

/** A recorded graph inside a TensorFlow session of its own, in which its variables live. */
export interface CompiledGraph {
  /**
   * Runs one endpoint.
   *
   * @param feeds numbers of every input of the endpoint
   * @returns the numbers of every output, float32
   */
  run(endpoint: string, feeds: Feeds): Readonly<Record<string, Float32Array>>;
  dispose(): void;
}

const load = (binding: NativeBinding, model: Uint8Array): number => {
  const folder = mkdtempSync(join(tmpdir(), 'graph-'));
  try {
    writeFileSync(join(folder, 'saved_model.pb'), model);
    return binding.loadSavedModel(folder, 'serve');
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const outputs = (names: readonly string[]): string => names.map((name) => `${name}:0`).join();

/** The graph ready to run: one call an endpoint, however many operations it has. */
export const compileGraph = ({ model, endpoints }: RecordedGraph): CompiledGraph => {
  const binding = nativeBinding();
  const session = load(binding, model);
  return {
    run: (name, feeds) => {
      const endpoint = endpoints[name];
      if (!endpoint) throw new Error(`internal: the graph has no endpoint '${name}'`);
      const inputs = Object.entries(endpoint.inputs).map(([id, { shape, dtype }]) => {
        const data = feeds[id];
        if (!data) throw new Error(`internal: endpoint '${name}' was not fed its input '${id}'`);
        return binding.createTensor(shape, dataType[dtype], data);
      });
      try {
        const found = binding.runSavedModel(
          session,
          inputs,
          outputs(Object.values(endpoint.feeds)),
          outputs(Object.values(endpoint.fetches)),
        );
        return Object.fromEntries(
          Object.keys(endpoint.fetches).map((id, at) => {
            const { id: tensor } = found[at]!;
            const data = binding.tensorDataSync(tensor) as Float32Array;
            binding.deleteTensor(tensor);
            return [id, data];
          }),
        );
      } finally {
        for (const input of inputs) binding.deleteTensor(input);
      }
    },
    dispose: () => binding.deleteSavedModel(session),
  };
};
