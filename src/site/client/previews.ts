/**
 * Shows what a reference, a citation, a term, a footnote or a claim's mark leads to, beside it: on hover, focus and the first tap.
 * What shows it is loaded with the first of them. Without a script each is a link.
 */
const previewed = 'a.ref[href*="#"], a.cite[href*="#"], a.term, a[data-decides], a[data-footnote-ref]';
const settleMs = 180;
const leaveMs = 250;

const linkOf = (target: EventTarget | null): HTMLAnchorElement | null =>
  target instanceof Element ? target.closest<HTMLAnchorElement>(previewed) : null;

let timer: ReturnType<typeof setTimeout> | undefined;
let shown: HTMLAnchorElement | undefined;
const card = () => import('./preview-card.ts');

const later = (afterMs: number, act: () => void): void => {
  clearTimeout(timer);
  timer = setTimeout(act, afterMs);
};

const show = async (link: HTMLAnchorElement): Promise<void> => {
  shown = link;
  const { openCard } = await card();
  // Another link was asked for, or none, while this was loaded.
  if (shown === link && !(await openCard(link, () => shown === link)) && shown === link) shown = undefined;
};

const hide = (): void => {
  clearTimeout(timer);
  if (!shown) return;
  shown = undefined;
  void card().then(({ closeCard }) => shown ?? closeCard());
};

const isInCard = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('.preview') !== null;

document.addEventListener('pointerover', ({ target, pointerType }) => {
  if (pointerType === 'touch') return;
  const link = linkOf(target);
  if (link && link !== shown) later(settleMs, () => void show(link));
  else if (link || isInCard(target)) clearTimeout(timer);
  else later(leaveMs, hide);
});
document.addEventListener('focusin', ({ target }) => {
  const link = linkOf(target);
  if (link?.matches(':focus-visible')) void show(link);
  else if (!isInCard(target)) hide();
});
document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') hide();
});

/** Whether the last press was a finger's: a click alone does not say so everywhere. */
let isTouch = false;
document.addEventListener('pointerdown', ({ pointerType }) => {
  isTouch = pointerType === 'touch';
});
document.addEventListener('click', (event) => {
  const link = linkOf(event.target);
  // The first tap shows, the second one follows.
  if (link && isTouch && link !== shown) {
    event.preventDefault();
    void show(link);
  } else if (!isInCard(event.target)) hide();
});
