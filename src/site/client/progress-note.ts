/** In a page of the dev server: says what is being computed anew, as long as it is. */
let note: HTMLElement | undefined;

const show = (text: string): void => {
  if (!note) {
    note = document.createElement('output');
    note.className = 'progress-note';
    note.style.cssText =
      'position:fixed;right:1rem;bottom:1rem;max-width:26rem;padding:.4rem .7rem;border:1px solid var(--rule);background:var(--panel);color:var(--ink);font:.75rem/1.4 var(--sans);overflow-wrap:anywhere';
    document.body.append(note);
  }
  note.textContent = text;
};

import.meta.hot?.on('paper:progress', ({ text }: { readonly text: string }) => show(text));
import.meta.hot?.on('paper:computed', () => {
  note?.remove();
  note = undefined;
});
