/** A share of one in per cent, three digits; what rounds to nothing says that it is not nothing. */
export const shareText = (share: number): string => {
  if (share === 0) return '0 %';
  if (Math.abs(share) < 1e-6) return '< 0.0001 %';
  return `${Number((100 * share).toPrecision(3))} %`;
};
