/**
 * Kernels that run nothing and write down what they were asked for, as a TensorFlow graph: the same description
 * that runs operation by operation becomes one call. A graph has endpoints; each is a piece of work with inputs
 * that are fed and outputs that are fetched, and variables live between them.
 */
import { sha256 } from '../../engine/stage/index.ts';
import { type DataType, dataType, type Handle, type Kernels } from '../kernels.ts';
import { type FunctionDef, type NodeAttribute, type NodeDef, savedModel } from './graph-def.ts';
import { recordedOperations, type TensorType } from './output-shapes.ts';

/** What is fed to an endpoint: its name, type and shape. */
export interface GraphInput {
  readonly dtype: DataType & ('float32' | 'int32');
  readonly shape: readonly number[];
}

export interface GraphEndpoint {
  readonly inputs: Readonly<Record<string, GraphInput>>;
  /** Input name -> the node that is fed. */
  readonly feeds: Readonly<Record<string, string>>;
  /** Output name -> the node that is fetched. */
  readonly fetches: Readonly<Record<string, string>>;
}

export interface RecordedGraph {
  /** A serialised SavedModel. */
  readonly model: Uint8Array;
  readonly endpoints: Readonly<Record<string, GraphEndpoint>>;
}

export interface GraphRecorder {
  readonly kernels: Kernels;
  /**
   * Records a piece of work. Whatever it does to variables happens in the order in which it is written, and
   * before its outputs are given.
   */
  endpoint(
    name: string,
    inputs: Readonly<Record<string, GraphInput>>,
    work: (inputs: Readonly<Record<string, Handle>>) => Readonly<Record<string, Handle>>,
  ): void;
  finish(): RecordedGraph;
}

/** What happened to a variable, in the order in which it was written down. */
interface VariableUse {
  readonly write: string | undefined;
  /** Reads since the last write, each with the values that it gave. */
  readonly reads: readonly { readonly node: string; readonly values: readonly Handle[] }[];
}

/** Nodes and the names of tensors inside one graph or one function. */
const createScope = (
  outputReference: (node: string, output: string, index: number, at: number) => string,
) => {
  const nodes: NodeDef[] = [];
  const references = new Map<number, string>();
  const constants = new Map<number, readonly number[]>();
  let count = 0;
  const nodeName = (words: string): string => {
    count += 1;
    return `${words}_${count}`;
  };
  const adopt = (reference: string, { shape, dtype }: TensorType): Handle => {
    const handle = { id: references.size + 1, shape, dtype };
    references.set(handle.id, reference);
    return handle;
  };
  const referenceOf = ({ id }: Handle): string => {
    const reference = references.get(id);
    if (!reference) throw new Error('internal: a tensor of another graph, or of none, was used in a graph');
    return reference;
  };
  const add = (
    operation: string,
    inputs: readonly string[],
    attributes: NodeDef['attributes'],
    outputs: readonly string[],
    types: readonly TensorType[],
  ): { readonly node: string; readonly handles: readonly Handle[] } => {
    const node = nodeName(operation);
    nodes.push({ name: node, operation, inputs, attributes });
    const handles = types.map((type, at) => {
      // One name for a list of outputs, or one name for each.
      const index = outputs.length === 1 ? at : 0;
      return adopt(outputReference(node, outputs[outputs.length === 1 ? 0 : at] ?? '', index, at), type);
    });
    return { node, handles };
  };
  return { nodes, constants, adopt, referenceOf, add, nodeName };
};

export const createGraphRecorder = (): GraphRecorder => {
  const functions = new Map<string, FunctionDef>();
  const endpoints: Record<string, GraphEndpoint> = {};
  const main = createScope((node, _, __, at) => `${node}:${at}`);
  /** For each variable, the last node that wrote it and what was read since, within one endpoint. */
  let uses = new Map<string, VariableUse>();
  let writes: string[] = [];
  const users = new WeakMap<Handle, readonly string[]>();
  const usersOf = (tensor: Handle): readonly string[] => users.get(tensor) ?? [];
  const noteUser = (inputs: readonly Handle[], node: string): void => {
    for (const input of inputs) users.set(input, [...usersOf(input), node]);
  };

  const kernelsOf = (scope: typeof main): Kernels => {
    /**
     * The order of reads and writes of one variable. A write also waits for whoever uses a value that was read:
     * while such a value is held, TensorFlow copies the variable before it writes.
     */
    const waitFor = (resources: readonly string[], isWrite: boolean): readonly string[] =>
      resources.flatMap((resource) => {
        const { write, reads = [] } = uses.get(resource) ?? {};
        const before = isWrite ? reads.flatMap(({ node, values }) => [node, ...values.flatMap(usersOf)]) : [];
        return [...(write ? [write] : []), ...before];
      });
    const noteUse = (
      resources: readonly string[],
      node: string,
      values: readonly Handle[],
      isWrite: boolean,
    ): void => {
      for (const resource of resources) {
        const { write, reads = [] } = uses.get(resource) ?? {};
        uses.set(
          resource,
          isWrite ? { write: node, reads: [] } : { write, reads: [...reads, { node, values }] },
        );
      }
      if (isWrite) writes.push(node);
    };
    const kernels: Kernels = {
      tensor: (data, shape) => {
        if (data instanceof Float64Array) throw new Error('internal: graphs are of float32 and int32');
        const dtype = data instanceof Int32Array ? dataType.int32 : dataType.float32;
        const attributes: Record<string, NodeAttribute> = {
          dtype: { dtype },
          value: { tensor: { data, shape } },
        };
        const [handle] = scope.add('Const', [], attributes, ['output'], [{ shape, dtype }]).handles;
        if (data instanceof Int32Array) scope.constants.set(handle!.id, [...data]);
        return handle!;
      },
      run: (operation, inputs, attributes) => {
        const known = recordedOperations[operation];
        if (!known) throw new Error(`internal: operation ${operation} has no recorded form`);
        const constant = (at: number): readonly number[] => {
          const values = scope.constants.get(inputs[at]!.id);
          if (!values) throw new Error(`internal: input ${at} of ${operation} must be a constant`);
          return values;
        };
        const types = known.infer(inputs, attributes, constant);
        const resources = inputs.filter(({ dtype }) => dtype === dataType.resource).map(scope.referenceOf);
        const isWrite = known.outputs.length === 0;
        // An output takes over an input's memory only when nobody else has a use for that input.
        const overwritten = known.overwrites === undefined ? [] : usersOf(inputs[known.overwrites]!);
        const earlier = new Set([...waitFor(resources, isWrite), ...overwritten]);
        const { node, handles } = scope.add(
          operation,
          [...inputs.map(scope.referenceOf), ...[...earlier].map((other) => `^${other}`)],
          attributes,
          known.outputs,
          types,
        );
        noteUser(inputs, node);
        noteUse(resources, node, handles, isWrite);
        return handles;
      },
      section: (name, inputs, body) => {
        const inner = createScope((node, output, index) => `${node}:${output}:${index}`);
        const named = inputs.map((input, at) => ({ id: `x${at}`, input }));
        const results = body(
          kernelsOf(inner),
          named.map(({ id, input }) => inner.adopt(id, input)),
        );
        const unnamed: FunctionDef = {
          name: '',
          inputs: Object.fromEntries(named.map(({ id, input }) => [id, input.dtype])),
          outputs: Object.fromEntries(
            results.map((result, at) => [`y${at}`, { dtype: result.dtype, from: inner.referenceOf(result) }]),
          ),
          nodes: inner.nodes,
        };
        const fn = functionNamed(name, unnamed);
        functions.set(fn.name, fn);
        const attributes: Record<string, NodeAttribute> = {
          f: { function: fn.name },
          Tin: { types: inputs.map(({ dtype }) => dtype) },
          Tout: { types: results.map(({ dtype }) => dtype) },
          _XlaMustCompile: true,
        };
        const references = inputs.map(scope.referenceOf);
        const { node, handles } = scope.add('PartitionedCall', references, attributes, ['output'], results);
        noteUser(inputs, node);
        return handles;
      },
      read: () => {
        throw new Error('internal: a tensor of a graph has no value before the graph runs');
      },
      scope: (work) => work(),
      dispose: () => undefined,
      count: () => 0,
    };
    return kernels;
  };

  const kernels = kernelsOf(main);
  return {
    kernels,
    endpoint: (name, inputs, work) => {
      uses = new Map();
      writes = [];
      const fed = Object.entries(inputs).map(([id, { dtype, shape }]) => {
        const type = { shape, dtype: dataType[dtype] };
        const attributes: Record<string, NodeAttribute> = { dtype: { type: dtype }, shape: { shape } };
        const { node, handles } = main.add('Placeholder', [], attributes, ['output'], [type]);
        return { id, node, handle: handles[0]! };
      });
      const given = work(Object.fromEntries(fed.map(({ id, handle }) => [id, handle])));
      const done = writes.map((node) => `^${node}`);
      const fetched = Object.entries(given).map(([id, handle]) => {
        const attributes: Record<string, NodeAttribute> = { T: { dtype: handle.dtype } };
        const inputsOf = [main.referenceOf(handle), ...done];
        return [id, main.add('Identity', inputsOf, attributes, ['output'], [handle]).node] as const;
      });
      endpoints[name] = {
        inputs,
        feeds: Object.fromEntries(fed.map(({ id, node }) => [id, node])),
        fetches: Object.fromEntries(fetched),
      };
    },
    finish: () => ({ model: savedModel(main.nodes, [...functions.values()]), endpoints }),
  };
};

/** Named by what it computes, so that equal sections are compiled once. */
const functionNamed = (name: string, unnamed: FunctionDef): FunctionDef => ({
  ...unnamed,
  name: `${name}_${sha256(savedModel([], [unnamed])).slice(0, 16)}`,
});
