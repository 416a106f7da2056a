/** How many primes there are up to and with `limit`, by trial division: slow, and unlike the sieve that it checks. */
export const countPrimes = (limit: number): number => {
  const found: number[] = [];
  for (let candidate = 2; candidate <= limit; candidate += 1) {
    let isPrime = true;
    for (const prime of found) {
      if (prime * prime > candidate) break;
      if (candidate % prime === 0) {
        isPrime = false;
        break;
      }
    }
    if (isPrime) found.push(candidate);
  }
  return found.length;
};
