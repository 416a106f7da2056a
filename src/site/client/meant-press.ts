/** What starts gives its place, and the focus, to what cancels: the rest of the same press is not meant for that. */
const settleMs = 500;

/** Whether a press is no second one of a double click, and comes long enough after what put the button there. */
export const isMeant = ({ detail }: MouseEvent, shownMs = Number.NEGATIVE_INFINITY): boolean =>
  detail < 2 && performance.now() - shownMs >= settleMs;

/** A key that is held presses once. */
export const pressOnce = (section: HTMLElement): void =>
  section.addEventListener('keydown', (event) => {
    if (event.repeat && event.target instanceof HTMLButtonElement) event.preventDefault();
  });
