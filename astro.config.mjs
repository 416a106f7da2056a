import { fileURLToPath } from 'node:url';
import { unified } from '@astrojs/markdown-remark';
import mdx from '@astrojs/mdx';
import { defineConfig } from 'astro/config';
import { markdownPlugins } from './src/markdown/markdown-plugins.ts';

const root = fileURLToPath(new URL('.', import.meta.url));
const plugins = markdownPlugins(root);

export default defineConfig({
  base: process.env['PAPER_BASE'] ?? '/',
  trailingSlash: 'ignore',
  // The new default eats spaces between inline elements.
  compressHTML: true,
  devToolbar: { enabled: false },
  integrations: [mdx({ optimize: false })],
  markdown: { syntaxHighlight: false, processor: unified(plugins) },
  vite: { build: { assetsInlineLimit: 0 } },
});
