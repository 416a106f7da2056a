import type { View } from '../../../explore/view.ts';
import { element } from '../element.ts';
import { createBars } from './create-bars.ts';
import { createFigures } from './create-figures.ts';
import { createLines } from './create-lines.ts';
import { createMap } from './create-map.ts';
import type { Drawn } from './drawn.ts';

const createWords = (): Drawn<Extract<View, { kind: 'words' }>> => {
  const line = element('p', { className: 'words' });
  return {
    element: line,
    show: ({ title, text }) => line.replaceChildren(element('b', {}, `${title}. `), text),
  };
};

/**
 * @param folder the paper's
 * @param tables titles of its tables, by id
 */
export const createViews = (
  folder: string,
  tables: Readonly<Record<string, string>>,
): { readonly element: HTMLElement; readonly show: (views: readonly View[]) => void } => {
  const create = {
    words: createWords,
    bars: createBars,
    map: createMap,
    lines: createLines,
    figures: () => createFigures(folder, tables),
  } satisfies Record<View['kind'], () => unknown>;
  const box = element('div', { className: 'views' });
  let drawn: readonly { readonly kind: View['kind']; readonly part: Drawn }[] = [];
  return {
    element: box,
    show: (views) => {
      if (views.map(({ kind }) => kind).join() !== drawn.map(({ kind }) => kind).join()) {
        drawn = views.map(({ kind }) => ({ kind, part: create[kind]() as Drawn }));
        box.replaceChildren(...drawn.map(({ part }) => part.element));
      }
      views.forEach((view, at) => {
        drawn[at]!.part.show(view);
      });
    },
  };
};
