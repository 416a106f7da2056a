/** Marks in the contents the section that is being read, and closes their sheet behind a link. */
const contents = document.querySelector<HTMLElement>('#contents');

const places = [...(contents?.querySelectorAll<HTMLAnchorElement>('a[href^="#"]') ?? [])].flatMap((link) => {
  const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  return heading ? [{ link, heading }] : [];
});

let marked: HTMLAnchorElement | undefined;

/** The last heading above a third of the window. */
const mark = (): void => {
  const line = innerHeight / 3;
  const now = places.findLast(({ heading }) => heading.getBoundingClientRect().top < line)?.link;
  if (now === marked) return;
  marked?.removeAttribute('aria-current');
  now?.setAttribute('aria-current', 'location');
  marked = now;
  const { top, bottom } = now?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
  const box = contents?.getBoundingClientRect();
  // Never the page itself: only the list, where it is longer than the window.
  if (contents && box && (top < box.top || bottom > box.bottom))
    contents.scrollTop += top - box.top - box.height / 3;
};

let isAsked = false;
const ask = (): void => {
  if (isAsked) return;
  isAsked = true;
  requestAnimationFrame(() => {
    isAsked = false;
    mark();
  });
};

addEventListener('scroll', ask, { passive: true });
addEventListener('resize', ask);
// Measured while fonts come, the page would be laid out once more.
if (document.readyState === 'complete') ask();
else addEventListener('load', ask);

contents?.addEventListener('click', ({ target }) => {
  if (target instanceof Element && target.closest('a') && contents.matches(':popover-open'))
    contents.hidePopover();
});
contents?.addEventListener('toggle', () => {
  // What was hidden could not be scrolled.
  marked?.scrollIntoView({ block: 'center' });
});
