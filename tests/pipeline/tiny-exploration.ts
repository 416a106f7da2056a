/** What readers can run, added to a tiny project. */
import type { createTinyProject } from './tiny-project.ts';

type TinyProject = ReturnType<typeof createTinyProject>;

/** To be imported by a pipeline that offers it. */
export const importExploration = "import { sizes as explored } from './explore.ts';\n";

export const writeExploration = (project: TinyProject): void =>
  project.write(
    'experiments/tiny/explore.ts',
    "export const sizes = { module: import.meta.url, files: ['weights'], open: () => ({ controls: [], show: () => [] }) };\n",
  );

/** What a pipeline has besides, for `addToPipeline`: the stage's output as a file, and an exploration of it. */
export const explored = (code = 'explored', files = "{ weights: 'sizes.json' }"): string =>
  `{ files: { 'sizes.json': { stage: made, output: 'result' } }, explorations: { sizes: { code: ${code}, sources: [{ label: 'a run', files: ${files} }] } } }`;

/** @param more what the pipeline has besides its results, which `made` makes */
export const addToPipeline = (project: TinyProject, more: string, modules = ''): void => {
  const text = project.read('experiments/tiny/pipeline.ts');
  project.write(
    'experiments/tiny/pipeline.ts',
    `${modules}${text
      .replace("results: [stage('sizes'", "results: [made = stage('sizes'")
      .replace(/\],\n\}\);/, '],\n  ...more(),\n});')}let made;\nconst more = () => (${more});\n`,
  );
};
