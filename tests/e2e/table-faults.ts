/**
 * What those who do not see a table miss in it, and how many stops of the tab key it takes. Runs in the page.
 *
 * @returns one line a fault; none where all is well
 */
export const tableFaults = (within: Element): readonly string[] =>
  [...within.querySelectorAll('table')].flatMap((table) => {
    const rows = [...table.rows];
    const named = table
      .getAttribute('aria-labelledby')
      ?.split(' ')
      .map((id) => document.getElementById(id));
    const name =
      table.getAttribute('aria-label') ?? named?.map((element) => element?.textContent ?? '').join(' ') ?? '';
    const heads = [...(table.tHead?.rows ?? [])].flatMap((row) => [...row.cells]);
    const box = table.closest('.scroll');
    const stops = [...(box ?? table).querySelectorAll<HTMLElement>('a[href], button, [tabindex]')].filter(
      ({ tabIndex }) => tabIndex >= 0,
    ).length;
    const faults = [
      ...(name.trim() === '' ? ['it has no name'] : []),
      ...(heads.length === 0 ? ['it has no heads of columns'] : []),
      ...heads
        .filter(
          (cell) =>
            cell.getAttribute('scope') !== 'col' ||
            /^([a-z\d]+(-[a-z\d]+){2,})?$/.test(cell.textContent.trim()),
        )
        .map((cell) => `‘${cell.textContent}’ is no head of a column in words`),
      ...rows
        .filter((row) => row.parentElement !== table.tHead && !row.querySelector('th[scope="row"]'))
        .map((row) => `‘${row.textContent}’ has no head of its row`),
      ...(stops + (box?.matches('[tabindex="0"]') && box.checkVisibility() ? 1 : 0) > 1
        ? ['it is more than one stop']
        : []),
    ];
    return faults.map((fault) => `table ‘${name.trim()}’: ${fault}`);
  });
