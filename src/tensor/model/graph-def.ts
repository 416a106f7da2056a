/** TensorFlow's graphs as its protocol buffers: nodes, functions, and a saved model around them. */
import { type Attribute, dataType } from '../kernels.ts';
import { bytesField, floatField, integerField } from './protobuf.ts';

/** A constant's numbers. */
export interface TensorValue {
  readonly data: Float32Array | Int32Array;
  readonly shape: readonly number[];
}

/** What a node's attribute may be besides what a kernel takes: a constant, a function's name, a list of types. */
export type NodeAttribute =
  | Attribute
  | { readonly tensor: TensorValue }
  | { readonly function: string }
  | { readonly types: readonly number[] }
  | { readonly dtype: number };

export interface NodeDef {
  readonly name: string;
  readonly operation: string;
  /** `<node>:<output>`, or `^<node>` for one that must have run before. */
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, NodeAttribute>>;
}

/** A graph of its own that a node calls; inside it, references are `<node>:<output's name>:<index>`. */
export interface FunctionDef {
  readonly name: string;
  /** Name -> one of `dataType`. */
  readonly inputs: Readonly<Record<string, number>>;
  readonly outputs: Readonly<Record<string, { readonly dtype: number; readonly from: string }>>;
  readonly nodes: readonly NodeDef[];
}

const shapeFields = (shape: readonly number[]): readonly Uint8Array[] =>
  shape.map((size) => bytesField(2, [integerField(1, size)]));

const tensorFields = ({ data, shape }: TensorValue): readonly Uint8Array[] => [
  integerField(1, data instanceof Int32Array ? dataType.int32 : dataType.float32),
  bytesField(2, shapeFields(shape)),
  bytesField(4, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
];

const attributeFields = (value: NodeAttribute): readonly Uint8Array[] => {
  if (typeof value === 'boolean') return [integerField(5, value)];
  if (typeof value === 'number') return [integerField(3, value)];
  if (typeof value === 'string') return [bytesField(2, value)];
  if ('type' in value) return [integerField(6, dataType[value.type])];
  if ('dtype' in value) return [integerField(6, value.dtype)];
  if ('float' in value) return [floatField(4, value.float)];
  if ('shape' in value) return [bytesField(7, shapeFields(value.shape))];
  if ('tensor' in value) return [bytesField(8, tensorFields(value.tensor))];
  if ('function' in value) return [bytesField(10, [bytesField(1, value.function)])];
  return [
    bytesField(
      1,
      value.types.map((type) => integerField(6, type)),
    ),
  ];
};

const nodeFields = ({ name, operation, inputs, attributes }: NodeDef): readonly Uint8Array[] => [
  bytesField(1, name),
  bytesField(2, operation),
  ...inputs.map((input) => bytesField(3, input)),
  ...Object.entries(attributes).map(([key, value]) =>
    bytesField(5, [bytesField(1, key), bytesField(2, attributeFields(value))]),
  ),
];

const functionFields = ({ name, inputs, outputs, nodes }: FunctionDef): readonly Uint8Array[] => {
  const argument = (field: number, id: string, dtype: number) =>
    bytesField(field, [bytesField(1, id), integerField(3, dtype)]);
  return [
    bytesField(1, [
      bytesField(1, name),
      ...Object.entries(inputs).map(([id, dtype]) => argument(2, id, dtype)),
      ...Object.entries(outputs).map(([id, { dtype }]) => argument(3, id, dtype)),
    ]),
    ...nodes.map((node) => bytesField(3, nodeFields(node))),
    ...Object.entries(outputs).map(([id, { from }]) =>
      bytesField(4, [bytesField(1, id), bytesField(2, from)]),
    ),
  ];
};

/** The graph version that TensorFlow 2.15 to 2.21 reads. */
const producer = 1395;

/** A SavedModel of one graph, tagged `serve`, without variables or signatures. */
export const savedModel = (nodes: readonly NodeDef[], functions: readonly FunctionDef[]): Uint8Array =>
  Buffer.concat([
    integerField(1, 1),
    bytesField(2, [
      bytesField(1, [bytesField(4, 'serve')]),
      bytesField(2, [
        ...nodes.map((node) => bytesField(1, nodeFields(node))),
        bytesField(
          2,
          functions.map((fn) => bytesField(1, functionFields(fn))),
        ),
        bytesField(4, [integerField(1, producer)]),
      ]),
    ]),
  ]);
