/** A claim that holds, as a panel knows it. @param cells that it reads */
export const claimOnCells = (id: string, ...cells: readonly string[]) => ({
  id,
  verdict: 'holds' as const,
  at: `#claim-${id}`,
  sentence: null,
  heading: id,
  cells,
});
