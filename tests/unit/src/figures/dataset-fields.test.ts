import { expect, test } from 'vitest';
import { datasetFields } from '../../../../src/figures/dataset-fields.ts';
import { after, datasets, plain } from './tiny-figure.ts';

test('columns are those of any row', () => {
  const rows = [{ layer: 0 }, { layer: 1, 'size-low': 1 }];
  expect(datasetFields('sizes', { sizes: rows }, plain).columns).toEqual(['layer', 'size-low']);
});

test.each([
  ['a calculation', { calculate: 'datum.energy', as: 'twice' }, ['twice']],
  ['a fold with names', { fold: ['energy'], as: ['what', 'size'] }, ['what', 'size']],
  ['a fold without', { fold: ['energy'] }, ['key', 'value']],
  ['bins', { bin: true, field: 'energy', as: 'bin' }, ['bin', 'bin_end']],
  ['a density', { density: 'energy' }, ['value', 'density']],
  ['a look-up', { lookup: 'band', from: { key: 'band', fields: ['loss'] } }, ['loss']],
  ['a pivot, whose fields are words of the rows', { pivot: 'run', value: 'loss' }, ['a', 'b']],
])('%s makes its fields', (_, transform, made) => {
  expect(datasetFields('band-energy', datasets, after(transform)).made).toEqual(made);
});

test('of one replicate intervals are absent, and what is calculated from them', () => {
  const rows = [{ layer: 0, size: 2, name: 'a', other: 1, 'other-low': 0, 'other-high': 2 }];
  const spec = after(
    { calculate: "datum['size-low'] / 2", as: 'half-low' },
    { calculate: "datum['half-low'] / 2", as: 'quarter-low' },
    { calculate: 'datum.size / 2', as: 'half' },
  );
  const { absent } = datasetFields('sizes.mean', { 'sizes.mean': rows }, spec);
  expect(absent.has('size-low') && absent.has('size-high')).toBe(true);
  expect(absent.has('half-low') && absent.has('quarter-low')).toBe(true);
  expect(['half', 'name-low', 'other-low'].filter((field) => absent.has(field))).toEqual([]);
  expect(datasetFields('sizes', { sizes: rows }, spec).absent.size).toBe(0);
});
