/** The Moebius function mu(1..n) by a linear sieve: mu[j - 1] is (-1)^k for k distinct primes, 0 with a square. */
export const moebius = (n: number): Int8Array => {
  const mu = new Int8Array(n + 1);
  const composite = new Uint8Array(n + 1);
  const primes: number[] = [];
  mu[1] = 1;
  for (let i = 2; i <= n; i += 1) {
    if (!composite[i]) {
      primes.push(i);
      mu[i] = -1;
    }
    for (const prime of primes) {
      if (i * prime > n) break;
      composite[i * prime] = 1;
      if (i % prime === 0) break;
      mu[i * prime] = -mu[i]!;
    }
  }
  return mu.slice(1);
};

/** The kernel's first row: k[j] = mu(j + 1) / (j + 1), j = 0..n-1 (our reconstruction of Paper 51). */
export const moebiusKernel = (n: number): Float64Array =>
  Float64Array.from(moebius(n), (mu, index) => mu / (index + 1));
