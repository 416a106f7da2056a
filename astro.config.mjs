import { defineConfig } from 'astro/config';
import { paper } from './src/site/integration.ts';

export default defineConfig({ integrations: [paper()] });
