import { readdirSync } from 'node:fs';
import type { AstroConfig } from 'astro';
import { siteBuildAmong } from './site-build.ts';

const isEmpty = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.length === 0
    : typeof value !== 'object' || Object.keys(value ?? {}).length === 0;

/**
 * Whether a page's plain text reaches the reader as it is, whatever it says: the project has no components, integrations,
 * plugins or middleware of its own, which could look at it.
 *
 * @param config before this site's integration adds to it
 * @param components what stands in the place of the site's own
 */
export const putsOutPlainText = (
  { integrations, markdown, vite, srcDir }: AstroConfig,
  components: string | undefined,
): boolean => {
  const { plugins = [], ...others } = vite;
  return (
    components === undefined &&
    integrations.length === 1 &&
    isEmpty(others) &&
    plugins.flat().every((plugin) => siteBuildAmong(plugin) !== undefined) &&
    [markdown.remarkPlugins, markdown.rehypePlugins, ...Object.values(markdown.processor.options)].every(
      isEmpty,
    ) &&
    !readdirSync(srcDir).some((name) => name.startsWith('middleware'))
  );
};
