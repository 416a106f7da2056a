/** A box is a stop of the tab key only while it scrolls to its side, and holds nothing else that stops. */

const measure = (box: HTMLElement): void => {
  const scrolls = box.scrollWidth > box.clientWidth + 1;
  const holdsStop = box.querySelector('a[href], button, [tabindex="0"]') !== null;
  if (scrolls && !holdsStop) box.tabIndex = 0;
  else box.removeAttribute('tabindex');
};

const observer = new ResizeObserver((entries) => {
  for (const { target } of entries) measure(target as HTMLElement);
});

for (const box of document.querySelectorAll<HTMLElement>('.scroll[tabindex], .equation[tabindex]')) {
  observer.observe(box);
}
