import { expect, test } from 'vitest';
import { type Handle, type Kernels, runOne } from '../../../../../src/tensor/kernels.ts';
import { assignVariable, readVariable, resourceVariable } from '../../../../../src/tensor/model/adam-w.ts';
import { compileGraph } from '../../../../../src/tensor/model/compiled-graph.ts';
import { createGraphRecorder } from '../../../../../src/tensor/model/graph-recorder.ts';
import { nativeKernels } from '../../../../../src/tensor/native-kernels.ts';

const float = { T: { type: 'float32' } } as const;
const vector = { dtype: 'float32', shape: [3] } as const;

test('reads and writes of a variable happen in the order in which they are written down', () => {
  const recorder = createGraphRecorder();
  const { kernels } = recorder;
  const stored = resourceVariable(kernels, 'stored', [3]);
  recorder.endpoint('put', { x: vector }, ({ x }) => {
    assignVariable(kernels, stored, x!);
    return { after: readVariable(kernels, stored) };
  });
  recorder.endpoint('double', {}, () => {
    const before = readVariable(kernels, stored);
    kernels.run('AssignSubVariableOp', [stored, runOne(kernels, 'ZerosLike', [before], float)], {
      dtype: { type: 'float32' },
    });
    assignVariable(kernels, stored, runOne(kernels, 'AddV2', [before, before], float));
    return { before, after: readVariable(kernels, stored) };
  });
  const graph = compileGraph(recorder.finish());
  const x = Float32Array.of(1, 2, 3);
  expect(graph.run('put', { x })['after']).toEqual(x);
  expect(graph.run('double', {})).toEqual({ before: x, after: Float32Array.of(2, 4, 6) });
  expect(graph.run('double', {})['after']).toEqual(Float32Array.of(4, 8, 12));
  graph.dispose();
});

test('an output takes over the memory of an input only after all others have used it', () => {
  const recorder = createGraphRecorder();
  const { kernels } = recorder;
  const size = 2 ** 20;
  const last = { ...float, Tidx: { type: 'int32' }, keep_dims: false } as const;
  recorder.endpoint('both', { x: { dtype: 'float32', shape: [size] } }, ({ x }) => {
    const twice = runOne(kernels, 'AddV2', [x!, x!], float);
    const sum = runOne(kernels, 'Sum', [twice, kernels.tensor(Int32Array.of(0), [1])], last);
    const place = kernels.tensor(Int32Array.of(size - 1), [1, 1]);
    const lowered = runOne(
      kernels,
      'TensorScatterSub',
      [twice, place, kernels.tensor(Float32Array.of(2), [1])],
      {
        ...float,
        Tindices: { type: 'int32' },
      },
    );
    return { sum, lowered };
  });
  const recorded = recorder.finish();
  const graph = compileGraph(recorded);
  const { sum, lowered } = graph.run('both', { x: new Float32Array(size).fill(1) });
  expect(sum![0]).toBe(2 * size);
  expect([lowered![0], lowered![size - 1]]).toEqual([2, 0]);
  // By order and not by luck: the sum's node stands among the control inputs.
  expect(Buffer.from(recorded.model).toString('latin1')).toMatch(/\^Sum_\d+/);
  graph.dispose();
});

test('variables of two graphs are apart, and running leaves no tensor behind', async () => {
  const build = async () => {
    const recorder = createGraphRecorder();
    const stored = resourceVariable(recorder.kernels, 'stored', [3]);
    recorder.endpoint('put', { x: vector }, ({ x }) => {
      assignVariable(recorder.kernels, stored, x!);
      return { x: x! };
    });
    recorder.endpoint('get', {}, () => ({ x: readVariable(recorder.kernels, stored) }));
    return compileGraph(recorder.finish());
  };
  const kernels = nativeKernels();
  const before = kernels.count();
  const [a, b] = [await build(), await build()];
  a.run('put', { x: Float32Array.of(1, 1, 1) });
  b.run('put', { x: Float32Array.of(2, 2, 2) });
  expect(a.run('get', {})['x']).toEqual(Float32Array.of(1, 1, 1));
  expect(kernels.count()).toBe(before);
  a.dispose();
  b.dispose();
});

test('a section gives what its operations give, and equal sections are one function', () => {
  const recorder = createGraphRecorder();
  const squareSum = (kernels: Kernels, x: Handle): Handle =>
    kernels.section('square_sum', [x], (inner, [input]) => [
      runOne(inner, 'Sum', [runOne(inner, 'Square', [input!], float), inner.tensor(Int32Array.of(0), [1])], {
        ...float,
        Tidx: { type: 'int32' },
        keep_dims: false,
      }),
    ])[0]!;
  recorder.endpoint('twice', { x: vector }, ({ x }) => ({
    first: squareSum(recorder.kernels, x!),
    second: squareSum(recorder.kernels, x!),
  }));
  const recorded = recorder.finish();
  const graph = compileGraph(recorded);
  expect(graph.run('twice', { x: Float32Array.of(1, 2, 3) })).toEqual({
    first: Float32Array.of(14),
    second: Float32Array.of(14),
  });
  const names = Buffer.from(recorded.model)
    .toString('latin1')
    .match(/square_sum_[0-9a-f]{16}/g);
  expect(new Set(names).size).toBe(1);
  graph.dispose();
});

test('what cannot be recorded is refused while recording', () => {
  const { kernels } = createGraphRecorder();
  const x = kernels.tensor(Float32Array.of(1), [1]);
  expect(() => kernels.run('Svd', [x], float)).toThrow('internal: operation Svd has no recorded form');
  expect(() => kernels.read(x)).toThrow('has no value before the graph runs');
  expect(() => createGraphRecorder().kernels.run('Square', [x], float)).toThrow('a tensor of another graph');
  expect(() => kernels.run('Reshape', [x, x], { ...float, Tshape: { type: 'int32' } })).toThrow(
    'input 1 of Reshape must be a constant',
  );
});
