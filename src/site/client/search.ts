import { opensBySlash } from './search-shortcut.ts';

/** Turns the link to the contents into one that searches; what searches is loaded when it is first asked for. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input, textarea, select')) &&
  // The field of a dialog that was just closed keeps the focus until the next frame.
  target.checkVisibility();

const search = async (): Promise<void> => (await import('./search-dialog.ts')).openSearch();

const links = document.querySelectorAll<HTMLAnchorElement>('[data-search]');

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
