import { element } from './element.ts';
import { opensBySlash } from './search-shortcut.ts';

/** Fields that take no signs. */
const untyped = ['checkbox', 'radio', 'range', 'button', 'submit', 'reset', 'file', 'color']
  .map((type) => `[type="${type}"]`)
  .join();

/** Turns the link to the contents into one that searches; what searches is loaded when it is first asked for. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches(`textarea, select, input:not(${untyped})`)) &&
  // The field of a dialog that was just closed keeps the focus until the next frame.
  target.checkVisibility();

const links = document.querySelectorAll<HTMLAnchorElement>('[data-search]');

let fault: HTMLElement | undefined;
const search = async (): Promise<void> => {
  fault?.remove();
  try {
    (await import('./search-dialog.ts')).openSearch();
  } catch {
    fault = element('span', {}, 'The search cannot be loaded. Are you offline?');
    fault.setAttribute('role', 'alert');
    links[0]?.before(fault);
  }
};

/** Says which keys search. */
const tellKeys = (): void => {
  for (const link of links) {
    link.setAttribute('aria-keyshortcuts', opensBySlash() ? '/ Control+K' : 'Control+K');
    link.title = opensBySlash() ? 'Search (/)' : 'Search (Ctrl+K)';
  }
};

for (const link of links) {
  link.textContent = 'Search';
  link.setAttribute('role', 'button');
  link.addEventListener('click', (event) => {
    event.preventDefault();
    void search();
  });
}

tellKeys();
addEventListener('search-keys', tellKeys);

document.addEventListener('keydown', (event) => {
  const isSlash = event.key === '/' && opensBySlash() && !event.ctrlKey && !event.metaKey && !event.altKey;
  const isK = event.key === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (!(isSlash && !isTyping(event.target)) && !isK) return;
  if (document.querySelector('dialog[open]')) return;
  event.preventDefault();
  void search();
});
