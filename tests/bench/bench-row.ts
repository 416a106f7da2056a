/** One line of bench-results.json: a measurement of ours beside its peer's. */
export interface BenchRow {
  readonly id: string;
  readonly value: number;
  readonly unit: string;
  readonly peer: string;
  readonly peerValue: number;
  /** Ours over the peer's, median over paired runs; null where the peer is zero. */
  readonly ratio: number | null;
  readonly runs: number;
  /** Lower and upper quartile of the ratio over paired runs. */
  readonly quartiles?: readonly [number, number];
  /** The largest ratio that counts as reached; 1 unless given. */
  readonly atMost?: number;
  /** How it was measured, and how exact both are, where that is not plain. */
  readonly note?: string;
}

/** A part of the bench; what it needs is made, and what it starts is ended, inside. */
export type Bench = () => Promise<readonly BenchRow[]>;

/** A part by its name. */
export type Benches = Readonly<
  Record<
    string,
    {
      /** What it measures, as the page that prints its rows says it. */
      readonly title: string;
      /** What a reader of the rows has to know. */
      readonly about?: string;
      readonly load: () => Promise<Bench>;
      /** A drawing that it makes, beside that page. */
      readonly figure?: string;
    }
  >
>;

export const isReached = ({ ratio, value, peerValue, atMost = 1 }: BenchRow): boolean =>
  (ratio ?? (value <= peerValue ? 0 : Number.POSITIVE_INFINITY)) <= atMost;
