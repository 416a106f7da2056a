import { element } from './element.ts';

/** What a clipboard that is denied says is in no reader's words, and differs between browsers. */
const denied = 'the browser lets this page write nothing to the clipboard';

/** Thrown with words that a reader may be told. */
export class NotRead extends Error {}

/**
 * A button that copies, and beside it the word on what came of it: why not stays there to be read.
 *
 * @param label what it does, in full
 * @param copied what is to be copied; may throw NotRead
 */
export const copyButton = (
  text: string,
  label: string,
  copied: () => Promise<string> | string,
): readonly [button: HTMLButtonElement, outcome: HTMLElement] => {
  const button = element('button', { type: 'button' }, text);
  const outcome = element('span', { className: 'visually-hidden' });
  outcome.setAttribute('role', 'status');
  outcome.dataset['media'] = 'screen';
  const name = (said?: string): void => {
    button.textContent = said ?? text;
    // The words that are seen are its name, unless they are short for it.
    if (text !== label) button.setAttribute('aria-label', said ? `${label}: ${said}` : label);
  };
  name();
  button.addEventListener('click', async () => {
    let fault: string | undefined;
    try {
      await navigator.clipboard.writeText(await copied());
    } catch (error) {
      fault = error instanceof NotRead ? error.message : denied;
    }
    const said = fault === undefined ? 'copied' : 'not copied';
    name(said);
    outcome.className = fault === undefined ? 'visually-hidden' : 'not-copied';
    outcome.textContent = fault === undefined ? 'Copied.' : `Not copied: ${fault}.`;
    setTimeout(name, 1500);
  });
  return [button, outcome];
};
