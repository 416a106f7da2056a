/**
 * Environment that must stand before a process starts. Training allocates and frees the same large blocks each
 * step: without these glibc returns them to the system and faults them in again.
 */
export const mallocSettings = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: String(2 ** 32),
  MALLOC_TRIM_THRESHOLD_: String(2 ** 34),
  MALLOC_TOP_PAD_: String(2 ** 28),
  GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1',
};
