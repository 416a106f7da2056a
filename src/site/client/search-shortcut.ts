/** A key alone may be pressed by a voice or by chance: each reader may switch it off (WCAG 2.1.4). */
const place = 'search-by-slash';

/** Whether `/` opens the search; it does where a browser keeps nothing. */
export const opensBySlash = (): boolean => {
  try {
    return localStorage.getItem(place) !== 'off';
  } catch {
    return true;
  }
};

export const setOpensBySlash = (isOn: boolean): void => {
  try {
    if (isOn) localStorage.removeItem(place);
    else localStorage.setItem(place, 'off');
  } catch {
    // Without a place to keep it, it is as before on the next page.
  }
};
