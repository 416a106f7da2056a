/**
 * A function that makes a thing of an object once, as long as the object lives: for what several parts of a page, or a
 * page and its next drafts, make of one result. The object must not change.
 */
export const remembered = <Key extends object, Made>(make: (of: Key) => Made): ((of: Key) => Made) => {
  const made = new WeakMap<Key, { readonly value: Made }>();
  return (of) => {
    const known = made.get(of) ?? { value: make(of) };
    made.set(of, known);
    return known.value;
  };
};
