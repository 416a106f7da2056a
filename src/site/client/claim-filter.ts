/** On the page of claims: how many are shown, and one that an address leads to though its verdict was switched off. */
import { element } from './element.ts';

const switchOf = (verdict: string | undefined) =>
  document.querySelector<HTMLInputElement>(`[data-switch="${verdict}"]`);

const shown = element('span');
shown.setAttribute('role', 'status');
document.querySelector('.switches')?.append(shown);

/** How long the list is now: whoever does not see it shrink is told. */
const tellShown = (): void => {
  const claims = [...document.querySelectorAll<HTMLElement>('article[data-verdict]')];
  const left = claims.filter(({ dataset }) => switchOf(dataset['verdict'])?.checked).length;
  shown.textContent = `${left} of ${claims.length} claims shown`;
};

const showAsked = (hash = location.hash): void => {
  const claim = document.getElementById(decodeURIComponent(hash.slice(1)));
  const choice = switchOf(claim?.dataset['verdict']);
  if (!claim || !choice || choice.checked) return;
  choice.checked = true;
  tellShown();
  // What was hidden could not be scrolled to.
  claim.scrollIntoView();
};

addEventListener('hashchange', () => showAsked());
// A browser that comes back to the page keeps what was switched off.
addEventListener('pageshow', () => {
  showAsked();
  if (document.querySelector('[data-switch]:not(:checked)')) tellShown();
});
// The address that stands there already does not change.
document.addEventListener('click', ({ target }) => {
  const link = target instanceof Element ? target.closest('a') : null;
  if (link && link.pathname === location.pathname) showAsked(link.hash);
});
document.querySelector('.switches')?.addEventListener('change', tellShown);
