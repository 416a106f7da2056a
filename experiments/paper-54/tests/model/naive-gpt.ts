/** PhotonicGPT again, in plain loops and float64: what the kernels' forward pass and gradients are held to. */
import type { ModelShape } from '../../model/model-shape.ts';

export type NaiveParameters = ReadonlyMap<string, Float64Array>;

const normalise = (x: readonly number[], gain: Float64Array, bias: Float64Array): number[] => {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length;
  return x.map((value, j) => ((value - mean) / Math.sqrt(variance + 1e-5)) * gain[j]! + bias[j]!);
};

const dense = (x: readonly number[], weight: Float64Array, bias?: Float64Array): number[] =>
  Array.from({ length: weight.length / x.length }, (_, out) =>
    x.reduce((sum, value, j) => sum + value * weight[out * x.length + j]!, bias?.[out] ?? 0),
  );

const gelu = (x: number): number =>
  0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));

/** Turns the pairs (2j, 2j + 1) of a head's vector by t base^(-2j/d). */
const rotate = (x: readonly number[], t: number, base: number): number[] =>
  x.map((value, i) => {
    const angle = t * base ** (-(i - (i % 2)) / x.length);
    const other = x[i % 2 === 0 ? i + 1 : i - 1]!;
    return i % 2 === 0
      ? value * Math.cos(angle) - other * Math.sin(angle)
      : value * Math.cos(angle) + other * Math.sin(angle);
  });

const plus = (a: readonly number[], b: readonly number[]): number[] => a.map((value, j) => value + b[j]!);
const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, j) => sum + value * b[j]!, 0);

/** Logits [pos][vocab] of one sequence. */
export const naiveLogits = (shape: ModelShape, p: NaiveParameters, ids: readonly number[]): number[][] => {
  const n = shape.dModel;
  const dHead = n / shape.nHeads;
  const get = (name: string): Float64Array => p.get(name)!;
  let stream = ids.map((id) => [...get('wte.weight').subarray(id * n, (id + 1) * n)]);
  for (let layer = 0; layer < shape.nLayers; layer += 1) {
    const at = `blocks.${layer}`;
    const qkv = stream.map((x) =>
      dense(
        normalise(x, get(`${at}.ln_1.weight`), get(`${at}.ln_1.bias`)),
        get(`${at}.attn.c_attn.weight`),
        get(`${at}.attn.c_attn.bias`),
      ),
    );
    const part = (t: number, which: number, head: number): number[] =>
      qkv[t]!.slice(which * n + head * dHead, which * n + (head + 1) * dHead);
    stream = stream.map((x, t) => {
      const mixed: number[] = [];
      for (let head = 0; head < shape.nHeads; head += 1) {
        const q = rotate(part(t, 0, head), t, shape.ropeBase);
        const scores = Array.from(
          { length: t + 1 },
          (_, s) => dot(q, rotate(part(s, 1, head), s, shape.ropeBase)) / Math.sqrt(dHead),
        );
        const largest = Math.max(...scores);
        const weights = scores.map((score) => Math.exp(score - largest));
        const sum = weights.reduce((total, weight) => total + weight, 0);
        for (let j = 0; j < dHead; j += 1) {
          mixed.push(weights.reduce((total, weight, s) => total + (weight / sum) * part(s, 2, head)[j]!, 0));
        }
      }
      return plus(x, dense(mixed, get(`${at}.attn.c_proj.weight`), get(`${at}.attn.c_proj.bias`)));
    });
    stream = stream.map((x) => {
      const hidden = dense(
        normalise(x, get(`${at}.ln_2.weight`), get(`${at}.ln_2.bias`)),
        get(`${at}.mlp.c_fc.weight`),
        get(`${at}.mlp.c_fc.bias`),
      );
      return plus(x, dense(hidden.map(gelu), get(`${at}.mlp.c_proj.weight`), get(`${at}.mlp.c_proj.bias`)));
    });
  }
  return stream.map((x) => dense(normalise(x, get('ln_f.weight'), get('ln_f.bias')), get('wte.weight')));
};

/** Mean cross-entropy in nats over sequences. */
export const naiveLoss = (
  shape: ModelShape,
  p: NaiveParameters,
  ids: readonly (readonly number[])[],
  targets: readonly (readonly number[])[],
): number => {
  let sum = 0;
  let count = 0;
  ids.forEach((sequence, row) => {
    naiveLogits(shape, p, sequence).forEach((logits, t) => {
      const largest = Math.max(...logits);
      const logSum =
        largest + Math.log(logits.reduce((total, logit) => total + Math.exp(logit - largest), 0));
      sum += logSum - logits[targets[row]![t]!]!;
      count += 1;
    });
  });
  return sum / count;
};
