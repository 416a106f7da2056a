import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';

export const collections = {
  papers: defineCollection({
    loader: glob({
      pattern: '*/index.mdx',
      base: './content',
      generateId: ({ entry }) => entry.replace(/\/index\.mdx$/, ''),
    }),
    schema: z.strictObject({
      title: z.string(),
      /** One line for the home page and for search engines. */
      summary: z.string(),
      authors: z.array(z.string()).min(1),
      /** What is reproduced, if anything is: title, authors and date as printed. */
      original: z.strictObject({ title: z.string(), authors: z.string(), date: z.string() }).optional(),
      /** Names that hold digits, such as `Paper 54`: they may stand in the prose. */
      allow: z.array(z.string()).default([]),
    }),
  }),
};
