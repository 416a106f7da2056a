/** The state of the repository that a site was built from. */
export interface SiteOrigin {
  /** Whole; null where there is no repository. */
  readonly commit: string | null;
  /** Of the commit, ISO 8601. */
  readonly date: string | null;
  /** Something that is tracked differs from the commit, or that pages are made from is not in it. */
  readonly changed: boolean;
  /** Where the source is read, without a slash at its end; null where package.json does not say. */
  readonly repository: string | null;
}

/** Where files of the commit are read, with a slash at its end. */
export const sourcesOf = ({ repository, commit }: SiteOrigin): string | undefined =>
  repository === null ? undefined : `${repository}/blob/${commit}/`;

export const unknownOrigin: SiteOrigin = { commit: null, date: null, changed: false, repository: null };

/** Stands where a format asks for a day and none is known: of a text without one, in a folder without commits. */
export const noDate = '1970-01-01';

/**
 * The version that is cited: a commit alone would name what differs from what was built.
 *
 * @param digits of the commit
 */
export const versionOf = ({ commit, changed }: SiteOrigin, digits = 40): string | null =>
  commit === null ? null : `${commit.slice(0, digits)}${changed ? ' with changes' : ''}`;

/** What is printed of a commit, and what leads to it. */
export const commitWords = (origin: SiteOrigin): string | null =>
  origin.commit === null ? null : `commit ${versionOf(origin, 8)} of ${origin.date?.slice(0, 10)}`;
