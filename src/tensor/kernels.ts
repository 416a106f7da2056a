/** TensorFlow's numbers for its data types. */
export const dataType = {
  float32: 1,
  float64: 2,
  int32: 3,
  complex64: 8,
  int64: 9,
  complex128: 18,
  resource: 20,
} as const;
export type DataType = keyof typeof dataType;

/** A tensor that lives in TensorFlow; whoever made it disposes of it, most simply through a scope. */
export interface Handle {
  readonly id: number;
  readonly shape: readonly number[];
  /** One of `dataType`. */
  readonly dtype: number;
}

/** A kernel's attribute: a flag, a whole number, a word, a type, a real number or a shape. */
export type Attribute =
  | boolean
  | number
  | string
  | { readonly type: DataType }
  | { readonly float: number }
  | { readonly shape: readonly number[] };

export type Attributes = Readonly<Record<string, Attribute>>;

/**
 * TensorFlow's kernels by name. Operations and their gradients are written against this interface alone, so
 * that the same description can run kernel by kernel or be recorded as a graph.
 */
export interface Kernels {
  /** Data of float32, int32 or float64, copied into TensorFlow. */
  tensor(data: Float32Array | Int32Array | Float64Array, shape: readonly number[]): Handle;
  /** @throws whatever TensorFlow says when an operation does not accept its inputs */
  run(
    operation: string,
    inputs: readonly Handle[],
    attributes: Attributes,
    outputCount?: number,
  ): readonly Handle[];
  read(handle: Handle): Float32Array | Int32Array | Float64Array;
  /**
   * Work that may be compiled as one piece, where that pays: it reads nothing but its inputs.
   *
   * @param name says what it computes
   */
  section(
    name: string,
    inputs: readonly Handle[],
    body: (kernels: Kernels, inputs: readonly Handle[]) => readonly Handle[],
  ): readonly Handle[];
  /** Disposes of everything made inside `work`, apart from the handles in what it returns. */
  scope<T>(work: () => T): T;
  dispose(handles: readonly Handle[]): void;
  /** Tensors alive in TensorFlow: must return to its old value after each piece of work. */
  count(): number;
}

/** The one output of an operation that has one. */
export const runOne = (
  kernels: Kernels,
  operation: string,
  inputs: readonly Handle[],
  attributes: Attributes,
): Handle => {
  const [output] = kernels.run(operation, inputs, attributes);
  if (!output) throw new Error(`internal: ${operation} gave no output`);
  return output;
};
