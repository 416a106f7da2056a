/** Five digits, for what no format of a table is known of. */
export const digits = (value: number): string => {
  const magnitude = Math.abs(value);
  return value !== 0 && (magnitude < 1e-3 || magnitude >= 1e6)
    ? value.toExponential(3)
    : String(Number(value.toPrecision(5)));
};
