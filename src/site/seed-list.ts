/** Seeds in words; many that follow one another are told by their ends. @param seeds in ascending order */
export const seedList = (seeds: readonly number[]): string =>
  seeds.length > 3 && seeds.every((seed, at) => at === 0 || seed === seeds[at - 1]! + 1)
    ? `${seeds[0]} to ${seeds.at(-1)}`
    : seeds.join(', ');
