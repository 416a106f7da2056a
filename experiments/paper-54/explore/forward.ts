/**
 * PhotonicGPT's forward pass for one reader, in plain loops: float32 weights, sums in float64. Tokens pass one by one,
 * and what they leave behind (keys, values, attention) is kept, so that a text that goes on costs its new tokens alone.
 */
import type { ModelShape } from '../model/model-shape.ts';
import type { Parameters } from '../model/parameters.ts';

// As src/tensor/model/layer-norm.ts has it.
const epsilon = 1e-5;

const normalise = (x: Float32Array, gain: Float32Array, bias: Float32Array): Float32Array => {
  let mean = 0;
  for (const value of x) mean += value;
  mean /= x.length;
  let variance = 0;
  for (const value of x) variance += (value - mean) ** 2;
  const inverse = 1 / Math.sqrt(variance / x.length + epsilon);
  return x.map((value, j) => (value - mean) * inverse * gain[j]! + bias[j]!);
};

/** W x + b. @param weight [out, in] */
const dense = (x: Float32Array, weight: Float32Array, bias?: Float32Array): Float32Array => {
  const width = x.length;
  const result = new Float32Array(weight.length / width);
  for (let out = 0, at = 0; out < result.length; out += 1, at += width) {
    // Four sums, since each addition would wait for the one before; widths are multiples of four.
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    for (let j = 0; j < width; j += 4) {
      s0 += x[j]! * weight[at + j]!;
      s1 += x[j + 1]! * weight[at + j + 1]!;
      s2 += x[j + 2]! * weight[at + j + 2]!;
      s3 += x[j + 3]! * weight[at + j + 3]!;
    }
    result[out] = s0 + s1 + (s2 + s3) + (bias === undefined ? 0 : bias[out]!);
  }
  return result;
};

/** By the tangent, as src/tensor/model/gelu.ts has it. */
const gelu = (x: number): number =>
  0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));

/** Turns each pair (2j, 2j + 1) of every head by position base^(-2j / dHead) (Su et al. 2021), in place. */
const rotate = (x: Float32Array, position: number, { dModel, nHeads, ropeBase }: ModelShape): void => {
  const dHead = dModel / nHeads;
  for (let i = 0; i < dModel; i += 2) {
    const angle = position * ropeBase ** (-(i % dHead) / dHead);
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const [a, b] = [x[i]!, x[i + 1]!];
    x[i] = a * cos - b * sin;
    x[i + 1] = a * sin + b * cos;
  }
};

const addTo = (x: Float32Array, y: Float32Array): void => {
  for (let j = 0; j < x.length; j += 1) x[j]! += y[j]!;
};

/** e^x over their sum. */
const softmax = (x: Float32Array): Float32Array => {
  let largest = Number.NEGATIVE_INFINITY;
  for (const value of x) if (value > largest) largest = value;
  let sum = 0;
  for (const value of x) sum += Math.exp(value - largest);
  return x.map((value) => Math.exp(value - largest) / sum);
};

/** What a token left in a layer. */
interface LayerTrace {
  /** Rotated [d]. */
  readonly key: Float32Array;
  readonly value: Float32Array;
  /** [head][earlier position] */
  readonly attention: readonly Float32Array[];
}

interface TokenTrace {
  readonly id: number;
  readonly layers: readonly LayerTrace[];
  /** The stream after the last layer [d]. */
  readonly stream: Float32Array;
}

export interface ForwardPass {
  /** Logits of the token after the last one [vocab]. */
  readonly logits: Float32Array;
  /** One head's attention [pos, pos]: row, the later token; zero above the diagonal. */
  readonly attention: (layer: number, head: number) => Float32Array;
}

/** The forward pass of one model. @returns a function of token ids [pos], one at least */
export const createForward = (
  shape: ModelShape,
  parameters: Parameters,
): ((ids: readonly number[]) => ForwardPass) => {
  const { nLayers, dModel: n, nHeads } = shape;
  const dHead = n / nHeads;
  const p = (name: string): Float32Array => {
    const found = parameters.get(name);
    if (!found) throw new Error(`internal: the model has no parameter ${name}`);
    return found;
  };
  const wte = p('wte.weight'); // [vocab, d]
  const traces: TokenTrace[] = [];

  const attend = (query: Float32Array, layer: number, own: LayerTrace) => {
    const before = [...traces.map(({ layers }) => layers[layer]!), own];
    const mixed = new Float32Array(n);
    const attention = Array.from({ length: nHeads }, (_, head) => {
      const start = head * dHead;
      const scores = Float32Array.from(before, ({ key }) => {
        let sum = 0;
        for (let j = start; j < start + dHead; j += 1) sum += query[j]! * key[j]!;
        return sum / Math.sqrt(dHead);
      });
      const weights = softmax(scores);
      before.forEach(({ value }, s) => {
        for (let j = start; j < start + dHead; j += 1) mixed[j]! += weights[s]! * value[j]!;
      });
      return weights;
    });
    return { mixed, attention };
  };

  const pass = (id: number): TokenTrace => {
    const position = traces.length;
    const x = wte.slice(id * n, (id + 1) * n);
    const layers = Array.from({ length: nLayers }, (_, layer) => {
      const at = `blocks.${layer}`;
      const normal = (name: string): Float32Array =>
        normalise(x, p(`${at}.${name}.weight`), p(`${at}.${name}.bias`));
      const through = (of: Float32Array, name: string): Float32Array =>
        dense(of, p(`${at}.${name}.weight`), p(`${at}.${name}.bias`));
      const qkv = through(normal('ln_1'), 'attn.c_attn'); // [3 d]
      const [query, key, value] = [0, 1, 2].map((part) => qkv.slice(part * n, (part + 1) * n)) as [
        Float32Array,
        Float32Array,
        Float32Array,
      ];
      rotate(query, position, shape);
      rotate(key, position, shape);
      const { mixed, attention } = attend(query, layer, { key, value, attention: [] });
      addTo(x, through(mixed, 'attn.c_proj'));
      const hidden = through(normal('ln_2'), 'mlp.c_fc').map(gelu); // [4 d]
      addTo(x, through(hidden, 'mlp.c_proj'));
      return { key, value, attention };
    });
    return { id, layers, stream: x };
  };

  return (ids) => {
    const differs = traces.findIndex(({ id }, at) => ids[at] !== id);
    if (differs >= 0) traces.length = differs;
    for (const id of ids.slice(traces.length)) traces.push(pass(id));
    const { stream } = traces.at(-1)!;
    const seen = [...traces];
    return {
      logits: dense(normalise(stream, p('ln_f.weight'), p('ln_f.bias')), wte),
      attention: (layer, head) => {
        const map = new Float32Array(seen.length ** 2);
        seen.forEach(({ layers }, t) => {
          map.set(layers[layer]!.attention[head]!, t * seen.length);
        });
        return map;
      },
    };
  };
};

/** Probabilities of the next token. @param logits [vocab] */
export const probabilitiesOf = softmax;
