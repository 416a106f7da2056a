/** Turns the link to the contents into one that searches; what searches is loaded when it is first asked for. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));

const search = async (): Promise<void> => (await import('./search-dialog.ts')).openSearch();

for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-search]')) {
  link.textContent = 'Search';
  link.setAttribute('role', 'button');
  link.setAttribute('aria-keyshortcuts', '/ Control+K');
  link.title = 'Search (/)';
  link.addEventListener('click', (event) => {
    event.preventDefault();
    void search();
  });
}

document.addEventListener('keydown', (event) => {
  const isSlash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey;
  const isK = event.key === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (!(isSlash && !isTyping(event.target)) && !isK) return;
  if (document.querySelector('dialog[open]')) return;
  event.preventDefault();
  void search();
});
