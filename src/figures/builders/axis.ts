/** An axis: the column that it shows, and how. */
export interface Axis {
  readonly field: string;
  readonly title: string | null;
  /** `quantitative` unless given. */
  readonly type?: 'quantitative' | 'ordinal' | 'nominal';
  /** A Vega-Lite scale. */
  readonly scale?: Readonly<Record<string, unknown>>;
  /** A Vega-Lite axis. */
  readonly axis?: Readonly<Record<string, unknown>>;
  /** Order of words; as the rows have them unless given. */
  readonly sort?: readonly string[];
}

/** An axis without a column of its own: each layer brings one. */
export type ValueAxis = Omit<Axis, 'field' | 'sort' | 'type'>;

/** A channel of Vega-Lite. */
export const channel = ({ field, title, type = 'quantitative', scale, axis, sort }: Axis) => ({
  field,
  type,
  title,
  ...(type === 'quantitative' ? {} : { sort: sort ?? null }),
  ...(scale ? { scale } : {}),
  axis: { ...(type === 'quantitative' ? {} : { labelAngle: 0 }), ...axis },
});

/** The same axis for another column. */
export const channelOf = (field: string, axis: ValueAxis) => channel({ ...axis, field });
