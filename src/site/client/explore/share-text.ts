/** A share of one in per cent, three digits; what they cannot tell from nothing says that it is not nothing. */
export const shareText = (share: number): string => {
  if (share === 0) return '0 %';
  return share < 1e-6 ? '< 0.0001 %' : `${(100 * share).toPrecision(3)} %`;
};
