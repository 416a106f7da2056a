import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Before Astro reads it: what a site is configured by, under each of the names that it has for it. */
const configurations = ['mjs', 'js', 'ts', 'mts'].map((ending) => `astro.config.${ending}`);

/**
 * The module of a site's own components as text, as far as that is told without rendering: its configuration is read and
 * not run.
 *
 * @returns empty where it can have none; undefined where code says which it is
 */
export const ownComponentsOf = (root: string): string | undefined => {
  const file = configurations.map((name) => join(root, name)).find((path) => existsSync(path));
  if (file === undefined) return undefined;
  const text = readFileSync(file, 'utf8');
  if (!/\bcomponents\b|\.{3}/.test(text)) return /\bpaper\(\s*[){]/.test(text) ? '' : undefined;
  const [, path] = /\bcomponents['"]?\s*:\s*['"]([^'"]+)['"]/.exec(text) ?? [];
  const module = join(root, path ?? '');
  return path !== undefined && existsSync(module) ? readFileSync(module, 'utf8') : undefined;
};
