/** Publishes outputs of a stage that is too long for a build. */
export type Kept = <const Output extends string>(
  outputs: readonly Output[],
  expectedMinutes: number,
) => { readonly published?: { readonly outputs: readonly Output[]; readonly expectedMs: number } };

/** @param isPublished whether runs that are too long for a build are kept in the repository, or made in it */
export const keptIf =
  (isPublished: boolean): Kept =>
  (outputs, expectedMinutes) =>
    isPublished ? { published: { outputs, expectedMs: expectedMinutes * 60_000 } } : {};
