/** What a page with explorations loads at once; the rest waits until one is asked for. */
import { faultText } from '../../recompute/recomputation-text.ts';
import { find } from './find.ts';
import { isMeant, pressOnce } from './meant-press.ts';

for (const section of document.querySelectorAll<HTMLElement>('.explore:has([data-start])')) {
  find<HTMLElement>(section, '[data-start]').addEventListener('click', (event) => {
    if (!isMeant(event)) return;
    find(section, '.outcome').textContent = 'Loading.';
    import('./explore/open-panel.ts').then(
      ({ openPanel }) => openPanel(section),
      () => {
        find(section, '.outcome').textContent = faultText({
          kind: 'unreachable',
          path: 'the script of this part',
        });
      },
    );
  });
  pressOnce(section);
  find<HTMLElement>(section, '.unscripted').hidden = true;
  find<HTMLElement>(section, '.controls').hidden = false;
}
