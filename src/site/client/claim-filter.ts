/** On the page of claims: one that an address leads to is shown, though its verdict was switched off. */
const showAsked = (): void => {
  const claim = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const choice = document.querySelector<HTMLInputElement>(`[data-switch="${claim?.dataset['verdict']}"]`);
  if (!claim || !choice || choice.checked) return;
  choice.checked = true;
  // What was hidden could not be scrolled to.
  claim.scrollIntoView();
};

addEventListener('hashchange', showAsked);
// A browser that comes back to the page keeps what was switched off.
addEventListener('pageshow', showAsked);
