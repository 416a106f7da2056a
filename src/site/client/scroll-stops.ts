/** A box is a stop of the tab key only while it scrolls to its side, and holds nothing else that stops. */

const isStop = (box: HTMLElement): boolean => {
  const scrolls = box.scrollWidth > box.clientWidth + 1;
  const holdsStop = box.querySelector('a[href], button, [tabindex="0"]') !== null;
  return scrolls && !holdsStop;
};

const observer = new ResizeObserver((entries) => {
  const boxes = entries.map(({ target }) => target as HTMLElement);
  // All are measured before any is changed, after which the page has to be laid out anew.
  const stops = new Set(boxes.filter(isStop));
  for (const box of boxes) {
    if (stops.has(box)) box.tabIndex = 0;
    else box.removeAttribute('tabindex');
  }
});

for (const box of document.querySelectorAll<HTMLElement>('.scroll[tabindex], .equation[tabindex]')) {
  observer.observe(box);
}
