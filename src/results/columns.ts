import type { Column } from './result-schema.ts';

/** Figures without a unit are of unit `1`. */
export const numberColumn = (id: string, unit = '1'): Column => ({ id, unit });

/** Words, or numbers that are names, such as a layer's. */
export const nameColumn = (id: string): Column => ({ id, unit: null });
