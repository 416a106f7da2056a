/** A table's own page: computes it anew in workers when asked to, and marks each cell that was. */

import type { ComparedFigure } from '../../recompute/compare-figures.ts';
import { RecomputationError } from '../../recompute/download-verified.ts';
import { fetchJson } from '../../recompute/fetch-json.ts';
import type { Recomputation } from '../../recompute/recomputation.ts';
import { downloadText, faultText, outcomeText, progressText } from '../../recompute/recomputation-text.ts';
import { type RecomputedTable, recomputeTable } from '../../recompute/recompute-table.ts';
import { find } from './find.ts';
import { isMeant, pressOnce } from './meant-press.ts';
import { startWorker } from './start-worker.ts';

/** Computed cells of the page, with the ids of what they print. */
const cellsOfPage = (): readonly (readonly [HTMLElement, readonly string[]])[] =>
  [...document.querySelectorAll<HTMLElement>('[data-figures]')].map((cell) => [
    cell,
    (cell.dataset['figures'] ?? '').split(' '),
  ]);

const clearMarks = (): void => {
  for (const again of document.querySelectorAll('.again')) again.remove();
  for (const [cell] of cellsOfPage()) delete cell.dataset['recomputed'];
};

/** A tick, or the other figure below the first. */
const markCell = (cell: HTMLElement, figures: readonly ComparedFigure[]): boolean => {
  const matches = figures.every((figure) => figure.matches);
  cell.dataset['recomputed'] = matches ? 'matches' : 'differs';
  if (matches) return true;
  const again = document.createElement('span');
  again.className = 'again';
  again.textContent = `here ${figures.map(({ recomputed }) => recomputed ?? 'none').join(' to ')}`;
  cell.append(again);
  return false;
};

/** What is compared is what the reader sees. @throws RecomputationError when the page prints another build's figures */
const requireSameBuild = (byId: ReadonlyMap<string, ComparedFigure>): void => {
  for (const { dataset } of document.querySelectorAll<HTMLElement>('[data-figures] [data-value]')) {
    const figure = byId.get(dataset['value'] ?? '');
    if (figure && String(figure.publishedValue) !== dataset['raw']) {
      throw new RecomputationError({ kind: 'other-build' });
    }
  }
};

/** Marks of a kind of columns that is switched off, every one of them, would be none: these columns are shown. */
const revealMarks = (marked: readonly HTMLElement[]): void => {
  for (const [kind, cells] of Map.groupBy(marked, ({ dataset }) => dataset['kind'])) {
    if (cells.some((cell) => cell.checkVisibility())) continue;
    const choice = document.querySelector<HTMLInputElement>(`[data-switch="${kind}"]`);
    if (choice) choice.checked = true;
  }
};

const show = ({ figures, downloadMs, computeMs }: RecomputedTable, called: string, list: Element): string => {
  const byId = new Map(figures.map((figure) => [figure.id, figure]));
  requireSameBuild(byId);
  let [cells, matching, left, largest] = [0, 0, 0, 0];
  for (const [cell, ids] of cellsOfPage()) {
    const compared = ids.flatMap((id) => byId.get(id) ?? []);
    if (compared.length < ids.length) {
      left += 1;
      continue;
    }
    cells += 1;
    if (markCell(cell, compared)) matching += 1;
    for (const figure of compared) {
      largest = Math.max(largest, figure.relativeDifference);
      if (figure.matches) continue;
      const item = document.createElement('li');
      item.textContent = `${figure.id}: ${figure.published} on the page, ${figure.recomputed ?? 'none'} here`;
      list.append(item);
    }
  }
  // Files of another table have none of its figures.
  if (cells === 0) throw new RecomputationError({ kind: 'other-build' });
  revealMarks(cellsOfPage().flatMap(([cell]) => (cell.dataset['recomputed'] ? cell : [])));
  return outcomeText({
    cells,
    matching,
    left,
    called,
    largestRelativeDifference: largest,
    downloadMs,
    computeMs,
  });
};

const prepare = (section: HTMLElement): void => {
  const start = find<HTMLButtonElement>(section, '[data-start]');
  const cancel = find<HTMLButtonElement>(section, '[data-cancel]');
  const bar = find<HTMLProgressElement>(section, 'progress');
  const measure = find<HTMLElement>(section, '.measure');
  const outcome = find<HTMLElement>(section, '.outcome');
  const differing = find<HTMLElement>(section, 'details');
  const list = find(differing, 'ul');
  const choice = section.querySelector('select');
  const folder = new URL(section.dataset['folder'] ?? '', location.href).href;
  let running: AbortController | undefined;
  let startedMs = 0;

  const setRunning = (isRunning: boolean): void => {
    const hadFocus = section.contains(document.activeElement);
    start.hidden = isRunning;
    cancel.hidden = !isRunning;
    bar.hidden = !isRunning;
    if (choice) choice.disabled = isRunning;
    if (hadFocus) (isRunning ? cancel : start).focus();
    if (!isRunning) measure.textContent = '';
  };
  const measured = (text: string, done: number, total: number): void => {
    measure.textContent = text;
    bar.max = total;
    bar.value = done;
  };
  const recompute = async (signal: AbortSignal): Promise<void> => {
    const whole = await fetchJson<Recomputation>(folder, section.dataset['recomputation'] ?? '', signal);
    const replicates = choice?.value === 'first' ? whole.replicates.slice(0, 1) : whole.replicates;
    const recomputed = await recomputeTable(
      { ...whole, replicates },
      folder,
      navigator.hardwareConcurrency,
      startWorker(folder),
      {
        onDownload: (done, total) => measured(downloadText(done, total), done, total),
        onCompute: (part) => measured(progressText(part), part, 1),
      },
      signal,
    );
    outcome.textContent = show(recomputed, whole.presentation.replicates.many, list);
    differing.hidden = list.childElementCount === 0;
  };
  start.addEventListener('click', (event) => {
    if (!isMeant(event)) return;
    startedMs = performance.now();
    const controller = new AbortController();
    running = controller;
    clearMarks();
    list.replaceChildren();
    differing.hidden = true;
    bar.removeAttribute('value');
    outcome.textContent = 'Recomputing.';
    setRunning(true);
    recompute(controller.signal)
      .catch((error: unknown) => {
        if (controller.signal.aborted) return;
        outcome.textContent = faultText(
          error instanceof RecomputationError ? error.fault : { kind: 'broken', message: String(error) },
        );
      })
      .finally(() => {
        if (running === controller) setRunning(false);
      });
  });
  cancel.addEventListener('click', (event) => {
    if (!isMeant(event, startedMs)) return;
    running?.abort();
    running = undefined;
    setRunning(false);
    outcome.textContent = 'Cancelled: nothing was compared.';
  });
  pressOnce(section);
  find<HTMLElement>(section, '.unscripted').hidden = true;
  find<HTMLElement>(section, '.controls').hidden = false;
};

for (const section of document.querySelectorAll<HTMLElement>('.recompute')) prepare(section);
