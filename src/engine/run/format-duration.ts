/** Rounded for a person who decides whether to wait: seconds, minutes or hours. */
export const formatDuration = (ms: number): string => {
  const seconds = ms / 1000;
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  return seconds < 90 * 60 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
};
