import type { Choices, Control } from '../../../explore/exploration.ts';
import type {
  AskedOfExplorer,
  ExplorationPlan,
  ExplorationSource,
  ToldByExplorer,
} from '../../../explore/explore-messages.ts';
import { type Conversation, converse } from '../../../recompute/converse.ts';
import { RecomputationError } from '../../../recompute/download-verified.ts';
import { fetchJson } from '../../../recompute/fetch-json.ts';
import { sizeOf } from '../../../recompute/recomputation.ts';
import { downloadText, faultText } from '../../../recompute/recomputation-text.ts';
import { find } from '../find.ts';
import { isMeant } from '../meant-press.ts';
import { startWorker } from '../start-worker.ts';
import { createControls } from './create-controls.ts';
import { createViews } from './create-views.ts';

type Explorer = Conversation<AskedOfExplorer, ToldByExplorer>;

/** Each section's loaded worker: another one takes its place. */
const running = new WeakMap<HTMLElement, AbortController>();

/** What a reader last set in a section, for whatever is loaded into it next. */
const lastChoices = new WeakMap<HTMLElement, () => Choices>();

/** A control as the reader left it, where it offers that as well. */
const keptControl = (control: Control, kept: Choices): Control => {
  const value = kept[control.id];
  const isOffered = control.kind === 'text' || control.choices.some((choice) => choice.value === value);
  return value !== undefined && isOffered ? { ...control, value } : control;
};

const wordsOf = (error: unknown): string =>
  faultText(error instanceof RecomputationError ? error.fault : { kind: 'broken', message: String(error) });

const partsOf = (section: HTMLElement) => ({
  start: find<HTMLButtonElement>(section, '[data-start]'),
  cancel: find<HTMLButtonElement>(section, '[data-cancel]'),
  choice: section.querySelector<HTMLSelectElement>('[data-source]'),
  bar: find<HTMLProgressElement>(section, 'progress'),
  measure: find<HTMLElement>(section, '.measure'),
  outcome: find<HTMLElement>(section, '.outcome'),
  panel: find<HTMLElement>(section, '.panel'),
});

/** What takes longer is told of while it is computed. */
const noticedMs = 150;

/** Asks for what the controls say, the latest first, and draws each answer. */
const explore = (
  section: HTMLElement,
  explorer: Explorer,
  { controls }: Extract<ToldByExplorer, { kind: 'opened' }>,
  { tables }: ExplorationPlan,
  said: string,
): Promise<void> => {
  const { panel, outcome } = partsOf(section);
  const views = createViews(section.dataset['folder'] ?? '', tables);
  let wanted = false;
  let isAsking = false;
  const answer = async (): Promise<void> => {
    wanted = true;
    if (isAsking) return;
    isAsking = true;
    views.element.setAttribute('aria-busy', 'true');
    while (wanted) {
      wanted = false;
      // An answer that is there at once needs no word before it.
      const late = setTimeout(() => {
        outcome.textContent = 'Computing …';
      }, noticedMs);
      try {
        const told = await explorer.ask({ kind: 'show', choices: set.choices() });
        if (told.kind !== 'shown') throw new Error(`internal: '${told.kind}' is no answer`);
        views.show(told.views);
        outcome.textContent = said;
      } catch (error) {
        // An answer to other choices than those that are set would be read as theirs.
        views.show([]);
        outcome.textContent = wordsOf(error);
      } finally {
        clearTimeout(late);
      }
    }
    views.element.removeAttribute('aria-busy');
    isAsking = false;
  };
  const kept = lastChoices.get(section)?.() ?? {};
  const set = createControls(
    controls.map((control) => keptControl(control, kept)),
    () => void answer(),
  );
  lastChoices.set(section, set.choices);
  panel.replaceChildren(set.element, views.element);
  panel.hidden = false;
  return answer();
};

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** Loads what the reader chose, with progress and a way to cancel, and shows its controls and first answer. */
export const openPanel = (section: HTMLElement): void => {
  const { start, cancel, choice, bar, measure, outcome, panel } = partsOf(section);
  const folder = new URL(section.dataset['folder'] ?? '', location.href).href;
  const controller = new AbortController();
  const { signal } = controller;
  running.get(section)?.abort();
  running.set(section, controller);

  const setLoading = (isLoading: boolean): void => {
    const hadFocus = [start, cancel].includes(document.activeElement as HTMLButtonElement);
    start.hidden = isLoading;
    cancel.hidden = !isLoading;
    bar.hidden = !isLoading;
    if (choice) choice.disabled = isLoading;
    if (hadFocus) (isLoading ? cancel : start).focus();
    if (!isLoading) measure.textContent = '';
  };
  const load = async (): Promise<void> => {
    const plan = await fetchJson<ExplorationPlan>(folder, section.dataset['exploration'] ?? '', signal);
    const { label, files } = plan.sources[choice?.selectedIndex ?? 0] as ExplorationSource;
    const explorer: Explorer = converse(plan.worker, startWorker(folder));
    signal.addEventListener('abort', explorer.terminate);
    const totalBytes = sizeOf(Object.values(files));
    let doneBytes = 0;
    const opened = await explorer.ask({ kind: 'open', folder, code: plan.code, files }, ({ bytes }) => {
      doneBytes += bytes;
      bar.max = totalBytes;
      bar.value = doneBytes;
      measure.textContent = downloadText(doneBytes, totalBytes);
    });
    if (opened.kind !== 'opened') throw new Error(`internal: '${opened.kind}' opens nothing`);
    const said = `Loaded: ${label}, ${megabytes(totalBytes)}, each file with the SHA-256 that the build recorded.`;
    await explore(section, explorer, opened, plan, said);
  };

  panel.hidden = true;
  bar.removeAttribute('value');
  outcome.textContent = 'Loading.';
  setLoading(true);
  load()
    .catch((error: unknown) => {
      if (signal.aborted) return;
      controller.abort();
      outcome.textContent = wordsOf(error);
    })
    .finally(() => {
      if (running.get(section) === controller) setLoading(false);
    });
  const startedMs = performance.now();
  cancel.onclick = (event) => {
    if (!isMeant(event, startedMs)) return;
    controller.abort();
    setLoading(false);
    outcome.textContent = 'Cancelled: nothing was loaded.';
  };
};
