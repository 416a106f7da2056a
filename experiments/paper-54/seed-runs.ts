/** From the corpus to the runs of every seed: part of the pipeline's table of contents. */
import { stage } from 'reproducible-paper/stage';
import type { Config } from './config.ts';
import { attentionViews } from './cooccurrence/attention-views.ts';
import { corpusViews } from './cooccurrence/corpus-views.ts';
import { countPairs } from './cooccurrence/count-pairs.ts';
import { brown } from './corpus/brown.ts';
import { textFile } from './corpus/text-file.ts';
import { crystallize } from './crystallization/crystallize.ts';
import { crystallizedInit } from './crystallization/crystallized-init.ts';
import type { Kept } from './kept.ts';
import { projections, projectionsOfInit } from './model/projections.ts';
import { randomInit } from './model/random-init.ts';
import { encodeCorpus } from './tokenizer/encode-corpus.ts';
import { trainBpe } from './tokenizer/train-bpe.ts';
import { evaluateUntrained } from './training/evaluate-untrained.ts';
import { reducedRun } from './training/reduced-run.ts';
import { trainRun } from './training/train-run.ts';
import { wholeRun } from './training/whole-run.ts';

/** What the attention forms B_h and O_h V_h are made of: projections, outputs, and the gains before them. */
export const formParts = ['attn.c_attn', 'attn.c_proj', 'ln_1'];

/** @param isPublished whether whole weights are kept of the first seed alone */
export const seedRuns = (config: Config, kept: Kept, isPublished: boolean, threads: number) => {
  const { shape } = config;
  const width = shape.dModel;
  const corpus = config.textFile
    ? stage('corpus', textFile, { files: { text: config.textFile } })
    : stage('corpus', brown, { params: config.brown });
  const tokenizer = stage('tokenizer', trainBpe, { inputs: { corpus }, params: config.tokenizer });
  const tokens = stage('tokens', encodeCorpus, { inputs: { corpus, tokenizer } });
  const counts = stage('counts', countPairs, { inputs: { tokens }, params: config.counts });
  const embeddings = stage('ct-embeddings', crystallize, {
    inputs: { tokens, counts },
    params: { width, options: config.crystallization, precision: config.precision },
    threads,
    ...kept(['embeddings'], 1),
  });
  const runs = config.seeds.map((seed, place) => {
    // Whole weights are kept of the first seed; of the others, what the analyses read.
    const isWhole = place === 0 || !isPublished;
    const named = (name: string): string => `${name}.seed-${seed}`;
    const v1Init = stage(named('v1-init'), randomInit, {
      inputs: { tokens },
      params: { run: 'v1', seed, shape },
    });
    const v1 = stage(named('train-v1'), trainRun, {
      inputs: { tokens, init: v1Init },
      params: { run: 'v1', shape, options: { ...config.v1, seed } },
      threads,
      ...kept(isWhole ? ['weights', 'curve'] : ['curve'], 25),
    });
    const ctInit = stage(named('ct-init'), crystallizedInit, {
      inputs: { tokens, embeddings },
      params: { seed, shape },
    });
    const trainedCtSft = stage(named('train-ct-sft'), trainRun, {
      inputs: { tokens, init: ctInit },
      params: { run: 'ct-sft', frozen: ['wte.weight'], shape, options: { ...config.ctSft, seed } },
      threads,
      ...kept(isWhole ? ['weights', 'curve'] : ['curve'], 20),
    });
    const untrained = stage(named('untrained-losses'), evaluateUntrained, {
      inputs: { tokens, counts, v1, v1Init, ctInit },
      params: { shape, rms: config.crystallization.rms },
      threads,
      ...kept(['losses'], 1),
    });
    const reduced = (name: string, trained: typeof v1, parts?: readonly string[]) =>
      stage(named(name), reducedRun, {
        inputs: { counts, trained },
        params: parts ? { parts: [...parts] } : {},
        ...kept(['weights'], 1),
      });
    const weights = isWhole
      ? {
          v1,
          ctSft: stage(named('ct-sft'), wholeRun, { inputs: { trained: trainedCtSft, init: ctInit } }),
        }
      : {
          v1: reduced('reduced-v1', v1, formParts),
          ctSft: reduced('reduced-ct-sft', trainedCtSft),
        };
    const projected = {
      v1: stage(named('projections'), projections, { inputs: { run: weights.v1 } }),
      ctSft: stage(named('projections-ct-sft'), projections, { inputs: { run: weights.ctSft } }),
      v1Init: stage(named('projections-v1-init'), projectionsOfInit, { inputs: { run: v1Init } }),
      ctInit: stage(named('projections-ct-init'), projectionsOfInit, { inputs: { run: ctInit } }),
    };
    const attention = stage(named('attention-views'), attentionViews, {
      inputs: { counts, tokens, v1 },
      params: { shape, attentionWindows: config.attentionWindows, precision: config.precision },
      threads,
      ...kept(['images'], 1),
    });
    const views = stage(named('corpus-views'), corpusViews, {
      inputs: { counts, v1: weights.v1, attention },
      threads,
    });
    return {
      seed,
      named,
      v1Init,
      ctInit,
      trained: { v1, ctSft: trainedCtSft },
      untrained,
      ...weights,
      projected,
      attention,
      views,
    };
  });
  return { corpus, tokenizer, tokens, counts, runs };
};
