/**
 * What the positive control plants, one thing in each set of its trials: a view of the primary family in one of a head's
 * two forms. A test of T6 is calibrated by the trials in which its own view was planted in its own form.
 */
import { transpose } from 'reproducible-paper/numerics/matrix';
import type { FormTest } from '../forms/form-problem.ts';
import type { Statistic } from '../forms/null-summary.ts';
import type { TokenSpace, View } from '../forms/token-space.ts';

const viewIds = { K_2: 'k2', K_2_T: 'k2-t', K_3_skip: 'k3-skip' } as const;

export const plantableViews = ['K_2', 'K_2_T', 'K_3_skip'] as const satisfies (keyof typeof viewIds)[];
export const plantableForms = ['qk', 'ov'] as const;

export const isPlantable = (view: string): view is Planting['view'] => view in viewIds;

export interface Planting {
  readonly form: FormTest['form'];
  readonly view: keyof typeof viewIds;
}

/** What was planted first, and alone until its figures were known; tests that name no planting are of it. */
export const firstPlanting = { form: 'qk', view: 'K_2' } as const satisfies Planting;

export const isFirst = ({ form, view }: Planting): boolean =>
  form === firstPlanting.form && view === firstPlanting.view;

export const plantings: readonly Planting[] = plantableForms.flatMap((form) =>
  plantableViews.map((view) => ({ form, view })),
);

export const plantingId = ({ form, view }: Planting) => `${form}-${viewIds[view]}` as const;

/** One of each planting, by its id. */
export const byPlanting = <T>(of: (planting: Planting) => T) =>
  Object.fromEntries(plantings.map((planting) => [plantingId(planting), of(planting)])) as Readonly<
    Record<ReturnType<typeof plantingId>, T>
  >;

/** A T6 of the trials free of frequency, as the table of powers names it: of the sum over heads without a statistic. */
export const plantedTest = (planting: Planting, statistic?: Statistic): string => {
  const of = isFirst(planting) ? [] : [plantingId(planting)];
  return ['t6-free', ...of, ...(statistic ? [statistic] : [])].join('-');
};

/** What is planted, as a view of its own: of K_2_T the image is K_2's, transposed. */
export const plantedView = ({ views }: Pick<TokenSpace, 'views'>, { view: id }: Planting): View => {
  const isTransposed = id === 'K_2_T';
  const view = views.find((one) => one.id === (isTransposed ? 'K_2' : id))!;
  return isTransposed ? { ...view, id, image: transpose(view.image) } : view;
};
