/** Rows of one length, one after the other. */
export const joinRows = (matrices: readonly Float64Array[]): Float64Array => {
  const size = matrices[0]!.length;
  const data = new Float64Array(matrices.length * size);
  matrices.forEach((row, at) => {
    data.set(row, at * size);
  });
  return data;
};
