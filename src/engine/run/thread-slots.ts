/**
 * Lets work start while processor threads are free, the lowest place first; what wants more threads than there are
 * runs alone.
 */
export const createThreadSlots = (slots: number) => {
  let free = slots;
  const waiting: { readonly wanted: number; readonly place: number; readonly start: () => void }[] = [];
  const startWaiting = (): void => {
    for (let next = waiting[0]; next && next.wanted <= free; next = waiting[0]) {
      waiting.shift();
      free -= next.wanted;
      next.start();
    }
  };
  return async <T>(threads: number, place: number, work: () => Promise<T>): Promise<T> => {
    const wanted = Math.min(threads, slots);
    await new Promise<void>((start) => {
      const later = waiting.findIndex((other) => other.place > place);
      waiting.splice(later < 0 ? waiting.length : later, 0, { wanted, place, start });
      startWaiting();
    });
    try {
      return await work();
    } finally {
      free += wanted;
      startWaiting();
    }
  };
};
