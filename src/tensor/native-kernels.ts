/**
 * TensorFlow's kernels through tfjs-node's addon, on raw handles: tfjs itself has no float64, no tensor of
 * optimiser state, and a cost of its own for every call.
 */
import { type Attribute, type Attributes, dataType, type Handle, type Kernels } from './kernels.ts';
import { type NativeBinding, nativeBinding } from './native-binding.ts';

const encodeAttribute = (binding: NativeBinding, name: string, value: Attribute): object => {
  if (typeof value === 'boolean') return { name, type: binding.TF_ATTR_BOOL, value };
  if (typeof value === 'number') return { name, type: binding.TF_ATTR_INT, value };
  if (typeof value === 'string') return { name, type: binding.TF_ATTR_STRING, value };
  if ('type' in value) return { name, type: binding.TF_ATTR_TYPE, value: dataType[value.type] };
  if ('float' in value) return { name, type: binding.TF_ATTR_FLOAT, value: value.float };
  return { name, type: binding.TF_ATTR_SHAPE, value: value.shape };
};

const isHandle = (value: object): value is Handle => 'id' in value && 'dtype' in value && 'shape' in value;

/** All handles in a result made of arrays, maps and plain objects. */
const handlesIn = (value: unknown): readonly Handle[] => {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  if (isHandle(value)) return [value];
  return [...(value instanceof Map ? value.values() : Object.values(value))].flatMap(handlesIn);
};

const createKernels = (binding: NativeBinding): Kernels => {
  const scopes: Set<Handle>[] = [];
  const adopt = (handle: Handle): Handle => {
    scopes.at(-1)?.add(handle);
    return handle;
  };
  const create = (data: Float32Array | Int32Array, shape: readonly number[], dtype: number): Handle =>
    adopt({ id: binding.createTensor(shape, dtype, data), shape, dtype });
  const dispose: Kernels['dispose'] = (handles) => {
    for (const handle of handles) {
      binding.deleteTensor(handle.id);
      for (const scope of scopes) scope.delete(handle);
    }
  };
  // Attributes are few and the same at each step, and their encoding costs more than a small kernel.
  const encoded = new WeakMap<Attributes, readonly object[]>();
  const encode = (attributes: Attributes): readonly object[] => {
    const known = encoded.get(attributes);
    if (known) return known;
    const list = Object.entries(attributes).map(([name, value]) => encodeAttribute(binding, name, value));
    encoded.set(attributes, list);
    return list;
  };
  const run: Kernels['run'] = (operation, inputs, attributes, outputCount = 1) =>
    binding
      .executeOp(
        operation,
        encode(attributes),
        inputs.map(({ id }) => id),
        outputCount,
      )
      .map(({ id, shape, dtype }) => adopt({ id, shape, dtype }));
  const kernels: Kernels = {
    run,
    dispose,
    tensor: (data, shape) => {
      if (data instanceof Int32Array) return create(data, shape, dataType.int32);
      if (data instanceof Float32Array) return create(data, shape, dataType.float32);
      // The addon takes no doubles: they travel as 64-bit integers and are renamed inside.
      const words = new Int32Array(data.buffer, data.byteOffset, 2 * data.length);
      const carried = create(words, shape, dataType.int64);
      const [double] = run('Bitcast', [carried], { T: { type: 'int64' }, type: { type: 'float64' } });
      dispose([carried]);
      return double!;
    },
    read: (handle) => {
      if (handle.dtype !== dataType.float64) return binding.tensorDataSync(handle.id);
      const [carried] = run('Bitcast', [handle], { T: { type: 'float64' }, type: { type: 'int64' } });
      const words = binding.tensorDataSync(carried!.id);
      dispose([carried!]);
      return new Float64Array(words.buffer, words.byteOffset, words.byteLength / 8);
    },
    scope: (work) => {
      const own = new Set<Handle>();
      scopes.push(own);
      try {
        const result = work();
        for (const kept of handlesIn(result)) {
          if (own.delete(kept)) scopes.at(-2)?.add(kept);
        }
        return result;
      } finally {
        scopes.pop();
        for (const { id } of own) binding.deleteTensor(id);
      }
    },
    section: (_, inputs, body) => body(kernels, inputs),
    count: () => binding.getNumOfTensors(),
  };
  return kernels;
};

let loaded: Kernels | undefined;

/** @throws BackendMissing when the native library does not load */
export const nativeKernels = (): Kernels => {
  loaded ??= createKernels(nativeBinding());
  return loaded;
};
