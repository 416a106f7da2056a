/** @throws when the page lacks what its own script works on */
export const find = <T extends Element>(within: Element, selector: string): T => {
  const found = within.querySelector<T>(selector);
  if (!found) throw new Error(`internal: the page has no ${selector}`);
  return found;
};
