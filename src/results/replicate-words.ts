import { z } from 'zod';

/** What replicates are called where they are counted or told apart. */
export const replicateWordsSchema = z.strictObject({
  one: z.string().min(1),
  many: z.string().min(1),
});

export type ReplicateWords = Readonly<z.output<typeof replicateWordsSchema>>;

/** Of replicates of which nothing else is said. */
export const seedWords: ReplicateWords = { one: 'seed', many: 'seeds' };
