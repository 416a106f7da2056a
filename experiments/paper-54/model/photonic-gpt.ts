/**
 * PhotonicGPT (Paper 54): a decoder-only transformer, pre-norm, rotary positions, tied head. Described once, in
 * operations; whoever gives the tape decides whether gradients are kept.
 */
import { takesOwnKernels } from 'reproducible-paper/tensor/chosen-kernels';
import { type Handle, type Kernels, runOne } from 'reproducible-paper/tensor/kernels';
import type { Positions } from 'reproducible-paper/tensor/model/attention';
import { composedAttention } from 'reproducible-paper/tensor/model/composed-attention';
import { fusedAttention } from 'reproducible-paper/tensor/model/fused-attention';
import { gelu } from 'reproducible-paper/tensor/model/gelu';
import { layerNorm } from 'reproducible-paper/tensor/model/layer-norm';
import { add, embed, linear } from 'reproducible-paper/tensor/model/operations';
import type { Tape, Variable } from 'reproducible-paper/tensor/model/tape';
import type { ModelShape } from './model-shape.ts';

/** theta_j = base^(-2j / dHead) (Su et al. 2021) */
const ropeAngle = (position: number, j: number, dHead: number, base: number): number =>
  position * base ** ((-2 * j) / dHead);

/** @param batch sequences that the rotations are laid out for; one serves any number, though slower */
export const positionConstants = (
  kernels: Kernels,
  shape: ModelShape,
  length: number,
  batch = 1,
): Positions => {
  const dHead = shape.dModel / shape.nHeads;
  const rotation = (size: number): Handle => {
    const pairs = new Float32Array(length * dHead);
    for (let t = 0; t < length; t += 1) {
      for (let j = 0; j < dHead / 2; j += 1) {
        const angle = ropeAngle(t, j, dHead, shape.ropeBase);
        pairs[t * dHead + 2 * j] = size * Math.cos(angle);
        pairs[t * dHead + 2 * j + 1] = size * Math.sin(angle);
      }
    }
    const repeated = new Float32Array(batch * shape.nHeads * pairs.length);
    for (let start = 0; start < repeated.length; start += pairs.length) repeated.set(pairs, start);
    const real = kernels.tensor(repeated, [batch, shape.nHeads, length, dHead / 2, 2]);
    return runOne(kernels, 'Bitcast', [real], { T: { type: 'float32' }, type: { type: 'complex64' } });
  };
  const mask = Float32Array.from({ length: length * length }, (_, at) =>
    at % length > Math.floor(at / length) ? -1e9 : 0,
  );
  return kernels.scope(() => ({
    queryRotation: rotation(1 / Math.sqrt(dHead)),
    keyRotation: rotation(1),
    causalMask: kernels.tensor(mask, [length, length]),
  }));
};

export interface ForwardOptions {
  /** Sees each layer's attention probabilities [batch, head, pos, pos]. */
  readonly onAttention?: (layer: number, probabilities: Handle) => void;
}

/**
 * Logits of the next token at every position.
 *
 * @param parameters name -> variable, by `parameterSpecs`
 * @param ids int32 [batch pos]
 * @returns [batch pos, vocab]
 */
export const logits = (
  tape: Tape,
  shape: ModelShape,
  parameters: ReadonlyMap<string, Variable>,
  positions: Positions,
  ids: Handle,
  batch: number,
  { onAttention }: ForwardOptions = {},
): Variable => {
  const p = (name: string): Variable => {
    const found = parameters.get(name);
    if (!found) throw new Error(`internal: the model has no parameter ${name}`);
    return found;
  };
  const normal = (x: Variable, name: string): Variable =>
    layerNorm(tape, x, p(`${name}.weight`), p(`${name}.bias`));
  const dense = (x: Variable, name: string): Variable =>
    linear(tape, x, p(`${name}.weight`), p(`${name}.bias`));

  const attention = takesOwnKernels('training') ? fusedAttention : composedAttention;
  let x = embed(tape, p('wte.weight'), ids); // [batch pos, d]
  for (let layer = 0; layer < shape.nLayers; layer += 1) {
    const at = `blocks.${layer}`;
    const qkv = dense(normal(x, `${at}.ln_1`), `${at}.attn.c_attn`); // [batch pos, 3 d]
    const { mixed, probabilities } = attention(tape, qkv, positions, batch); // [batch pos, d]
    onAttention?.(layer, probabilities());
    x = add(tape, x, dense(mixed, `${at}.attn.c_proj`));
    const hidden = gelu(tape, dense(normal(x, `${at}.ln_2`), `${at}.mlp.c_fc`)); // [batch pos, 4 d]
    x = add(tape, x, dense(hidden, `${at}.mlp.c_proj`));
  }
  return linear(tape, normal(x, 'ln_f'), p('wte.weight'));
};
