import { transform } from 'esbuild';
import { expect, test } from 'vitest';
import { withoutSchemas } from '../../../../../src/engine/keys/without-schemas.ts';

const stage = (definition: string): string =>
  `import { defineStage } from 'reproducible-paper/stage';\nimport { z } from 'zod';\n${definition}`;

/** As the bundler leaves it: what nobody uses is gone. */
const kept = async (text: string): Promise<string> => {
  const { code } = await transform(await withoutSchemas(text), { loader: 'ts', treeShaking: true });
  return code;
};

test('a definition that nobody runs goes with all that it was made of', async () => {
  const definition = "{ module: import.meta.url, params: z.any(), run: () => 'ran' }";
  expect(await kept(stage(`const other = defineStage(${definition});\n`))).not.toContain('ran');
});

test('what the parent alone reads of a definition is left out, and all else stays on its line', async () => {
  const text = stage(`export const sizes = defineStage({
  module: import.meta.url,
  kind: 'exact', limitMinutes: 3,
  params: z.strictObject({
    /** A seed. */
    seed: z.int(),
  }) as z.ZodType<{ readonly seed: number }>,
  run: ({ params: { seed } }) => seed,
});
`);
  const without = await withoutSchemas(text);
  expect(without).toBe(
    stage(`export const sizes = /* @__PURE__ */ defineStage({
  
kind: 'exact', 
params: /* @__PURE__ */ stageSchema(),



run: ({ params: { seed } }) => seed,
});
`),
  );
  expect(without.split('\n')).toHaveLength(text.split('\n').length);
});

test('definitions that functions make are as well, whatever their parameters are called elsewhere', async () => {
  const text = stage(`import * as engine from 'reproducible-paper/stage';
import { defineStage as define } from 'reproducible-paper/stage';
export const make = (module: string, params: z.ZodType) =>
  defineStage({ module, params, run: () => ({ params: 3, limitMinutes: 4 }) });
export const other = engine.defineStage({ module: '', run: () => 1, limitMinutes: 2, params: z.any(), });
export const third = define({ params: z.any() });
`);
  expect((await withoutSchemas(text)).split('\n').slice(4)).toEqual([
    'export const make = (module: string, params: z.ZodType) =>',
    '  defineStage({ params: /* @__PURE__ */ stageSchema(),run: () => ({ params: 3, limitMinutes: 4 }) });',
    'export const other = /* @__PURE__ */ engine.defineStage({ run: () => 1, params: /* @__PURE__ */ stageSchema(),});',
    'export const third = /* @__PURE__ */ define({ params: /* @__PURE__ */ stageSchema(),});',
    '',
  ]);
});

const schemas = {
  'a schema': 'const shape = z.strictObject({ width: z.int().min(3), name: z.string().regex(/a/) });',
  'a schema with functions in it':
    'const even = z.number().refine((n: number) => n % 2 === 0).transform((n) => call(n));',
  'a schema of a schema': 'const one = z.int();\nconst many = one.array().min(2);',
  'a schema of a schema of another file': "import { one } from './one.ts';\nconst many = z.array(one);",
  'schemas in a list': 'const all = [z.int(), z.string()];',
};

test.for(Object.entries(schemas))('%s that nobody uses goes with what it was made by', async ([, code]) => {
  expect(await kept(stage(`${code}\nconsole.log('runs');`))).not.toContain('z.');
});

const used = {
  'a schema that data is checked by': 'const shape = z.int();\nconsole.log(shape.parse(3));',
  'data that are checked as the module loads': 'const three = z.int().parse(read());',
  'an entry in a registry': "const named = z.int().register(z.globalRegistry, { id: 'three' });",
  'a setting of zod': 'const set = z.config({ jitless: true });',
  'a call for its effect': 'z.config(z.locales.de());',
  'an argument with an effect': 'const words = z.enum(read());',
  'a call of another thing by the same name': 'const shape = ((z) => z.push(1))(list);',
};

test.for(Object.entries(used))('%s stays', async ([, code]) => {
  expect(await kept(stage(code))).toMatch(/z2?\./);
});

test('code without definitions and schemas is as it was, and so is what does not parse', async () => {
  for (const text of [
    'export const two = 2;\n',
    stage('export const two = ;\n'),
    stage('enum Two { A }\n'),
  ]) {
    expect(await withoutSchemas(text)).toBe(text);
  }
});

test.for(['', '\uFEFF'])(
  'places in code are found beside letters of any width, and beside types',
  async (mark) => {
    const text = mark + stage("const a: Record<string, 'é→𝔸'> = { x: 'é→𝔸' as const }; const b = z.int();\n");
    expect(await withoutSchemas(text)).toBe(text.replace('z.int()', '/* @__PURE__ */ z.int()'));
  },
);
