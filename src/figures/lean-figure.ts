import { type CustomPlugin, optimize, type PluginConfig } from 'svgo';
import type { DrawnFigure } from './draw-figure.ts';

/** Of Vega's classes the one that tells what is drawn of the data from axes and legends. */
const kept = 'role-mark';
const unseen = ['aria-hidden', 'aria-label', 'aria-roledescription', 'font-family', 'pointer-events', 'role'];

/**
 * Words for readers of the screen: a page shows a drawing as one picture, with an alternative text and its data. And its
 * font: that of the page.
 */
const withoutUnseen: CustomPlugin = {
  name: 'withoutUnseen',
  fn: () => ({
    element: {
      enter: ({ attributes }) => {
        for (const name of unseen) delete attributes[name];
        if (attributes['class']?.split(' ').includes(kept)) attributes['class'] = kept;
        else delete attributes['class'];
      },
    },
  }),
};

/** A tenth of a point is a third of a pixel where a screen has three a point: nobody sees less. */
const params = { floatPrecision: 1 };

/** Names stay as they are: parts of a drawing refer to each other. */
const plugins: PluginConfig[] = [
  withoutUnseen,
  { name: 'cleanupNumericValues', params },
  { name: 'convertPathData', params },
  { name: 'convertTransform', params },
  'removeUnknownsAndDefaults',
  'removeUselessStrokeAndFill',
  'removeHiddenElems',
  'removeNonInheritableGroupAttrs',
  'moveElemsAttrsToGroup',
  'collapseGroups',
  'removeEmptyContainers',
  'removeEmptyText',
  'removeUnusedNS',
];

const leanDrawing = (svg: string): string => optimize(svg, { plugins }).data;

/** A figure whose drawings are without what nobody sees. */
export const leanFigure = (figure: DrawnFigure): DrawnFigure => ({
  ...figure,
  drawings: { column: leanDrawing(figure.drawings.column), phone: leanDrawing(figure.drawings.phone) },
});
