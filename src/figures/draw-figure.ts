import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { PaperError } from '../engine/stage/index.ts';
import { bindDatasets, requireData } from './bind-datasets.ts';
import { columnsOf, type DatasetRow, type Datasets } from './dataset-rows.ts';
import { type DirectLabels, labelRoom, type SceneItem, withDirectLabels } from './direct-labels.ts';
import { drawnColumns } from './drawn-columns.ts';
import { type FigureSource, placeOf } from './figure-source.ts';
import { measureText } from './measure-text.ts';
import { pathNamedIn } from './path-named-in.ts';
import { chanceFault, refuseChance } from './refuse-chance.ts';
import { badFigure, requireValid } from './require-valid.ts';
import { figureTheme, figureWidths, plotWidths } from './theme.ts';
import { widthWithPowers, withPowers } from './with-powers.ts';

/** A figure drawn for every width, and what it draws. */
export interface DrawnFigure {
  readonly id: string;
  /** SVG by width. */
  readonly drawings: Readonly<Record<keyof typeof plotWidths, string>>;
  /** The specification with its data in it. */
  readonly spec: Readonly<Record<string, unknown>>;
  /** Names of the datasets that it draws, in the order of its specification. */
  readonly datasets: readonly string[];
  /** Its data; of several datasets each row says of which it is. */
  readonly rows: readonly DatasetRow[];
  /** Those of its columns that are drawn, or calculated from. */
  readonly columns: readonly string[];
}

/** A panel below this width in pixels cannot be read. */
const narrowestPanel = 220;
const panelGap = 30;

/** The specification at a width of the plotting area: panels share it, as many side by side as can be read. */
const atWidth = (
  spec: Readonly<Record<string, unknown>>,
  width: number,
): Readonly<Record<string, unknown>> => {
  const { spec: inner, facet, vconcat } = spec;
  // Parts side by side have widths of their own; those one below the other have the whole.
  if (['concat', 'hconcat'].some((part) => part in spec)) return spec;
  if (Array.isArray(vconcat)) {
    return { ...spec, vconcat: vconcat.map((part: object) => ({ width, ...part })) };
  }
  if (facet === undefined || typeof inner !== 'object' || inner === null) return { ...spec, width };
  const asked = typeof spec['columns'] === 'number' ? spec['columns'] : 1;
  const columns = Math.max(1, Math.min(asked, Math.floor(width / narrowestPanel)));
  const panel = (width - panelGap * (columns - 1)) / columns;
  return { ...spec, columns, spec: { ...inner, width: panel } };
};

const replaceTextMetrics = (): void => {
  // Exported, but missing from the package's types.
  const { textMetrics: metrics } = vega as unknown as {
    readonly textMetrics: { width: (item: { fontSize?: number; text?: unknown }, text?: unknown) => number };
  };
  metrics.width = (item, text) =>
    widthWithPowers(String(text ?? item.text ?? ''), item.fontSize ?? 11, measureText);
};

/** What stands on a phone, where one drawing for both would not do: `usermeta.phone`, a specification of its own. */
const sourceFor = (source: FigureSource, place: keyof typeof plotWidths): FigureSource => {
  const { phone } = (source.spec['usermeta'] ?? {}) as { readonly phone?: FigureSource['spec'] };
  return place === 'phone' && phone !== undefined ? { ...source, spec: phone } : source;
};

/** Where there is `true` alone, a line is named by the field of its colour. */
const labelsAsked = ({ spec }: FigureSource): DirectLabels | undefined => {
  const { directLabels } = (spec['usermeta'] ?? {}) as { readonly directLabels?: true | DirectLabels };
  if (directLabels !== true) return directLabels;
  const field = /"color":\{[^{}]*"field":"([^"]+)"/.exec(JSON.stringify(spec))?.[1];
  return field === undefined ? undefined : { field };
};

const hasMarks = (item: SceneItem): boolean =>
  item.marktype !== undefined && !['group', 'text', 'rule'].includes(item.marktype)
    ? (item.items ?? []).some(({ defined }) => defined !== false)
    : (item.items ?? []).some(hasMarks);

/** Width in pixels that a drawing says of itself. */
const widthOf = (svg: string): number => Number(/^<svg[^>]* width="([\d.]+)"/.exec(svg)?.[1]);

const drawAt = async (
  source: FigureSource,
  whole: Readonly<Record<string, unknown>>,
  place: keyof typeof plotWidths,
): Promise<string> => {
  const spec = atWidth(whole, plotWidths[place]);
  const warnings: string[] = [];
  let chance: PaperError | undefined;
  const collect = (...parts: readonly unknown[]) => {
    chance ??= parts.map((part) => chanceFault(source, part)).find((fault) => fault !== undefined);
    warnings.push(parts.map(String).join(' '));
    return logger;
  };
  const ignore = () => logger;
  const logger = { level: ignore, error: collect, warn: collect, info: ignore, debug: ignore };
  // Vega's type is an overload that only its own logger meets.
  const asLogger = logger as unknown as ReturnType<typeof vega.logger>;
  const asked = labelsAsked(source);
  const view = async (given: Readonly<Record<string, unknown>>): Promise<vega.View> => {
    try {
      // Vega writes what it calculates into the rows that it is given.
      const own = structuredClone(given) as unknown as TopLevelSpec;
      const compiled = compile(own, { config: figureTheme, logger: asLogger });
      const made = new vega.View(vega.parse(compiled.spec), { renderer: 'none', logger: asLogger });
      await made.runAsync();
      if (chance) throw chance;
      return made;
    } catch (error) {
      if (error === chance) throw error;
      const fault = chanceFault(source, error);
      if (fault) throw fault;
      // What the schema lets pass, such as two fields where one is possible, Vega tells in words of its own.
      const { message } = error as Error;
      const path = pathNamedIn(source.spec, message);
      throw badFigure(source, message, 'see the Vega-Lite documentation of this part.', path);
    }
  };
  const sceneOf = (made: vega.View): SceneItem =>
    (made.scenegraph() as unknown as { readonly root: SceneItem }).root;
  const first = await view(spec);
  let drawn = first;
  try {
    if (!hasMarks(sceneOf(first))) {
      throw new PaperError('EmptyFigure', `figure '${source.id}' draws no mark.`, {
        where: placeOf(source, ['transform']),
        hint: 'look at its filters and calculations: they leave no row with a figure.',
      });
    }
    if (warnings[0] !== undefined) {
      throw badFigure(
        source,
        warnings[0],
        'Vega draws something else than was asked for; mend the specification.',
        pathNamedIn(source.spec, warnings[0]),
      );
    }
    const svg = await first.toSVG();
    const room = asked ? labelRoom(sceneOf(first), asked) : 0;
    // What stands beside the plot, an axis's words or names of lines, takes room from it where there is none.
    const excess = Math.max(0, widthOf(svg) + room - figureWidths[place]);
    if (!asked && excess === 0) return withPowers(svg);
    const narrower = atWidth(whole, plotWidths[place] - excess);
    if (!asked) {
      drawn = await view(narrower);
      return withPowers(await drawn.toSVG());
    }
    drawn = await view({ ...narrower, padding: { left: 5, right: 5 + room, top: 5, bottom: 5 } });
    const origin = drawn.origin();
    const padding = drawn.padding() as { readonly left: number; readonly top: number };
    return withDirectLabels(withPowers(await drawn.toSVG()), sceneOf(drawn), asked, [
      origin[0]! + padding.left,
      origin[1]! + padding.top,
    ]);
  } finally {
    first.finalize();
    if (drawn !== first) drawn.finalize();
  }
};

/**
 * A figure as SVG in colours that are CSS variables, once a width.
 *
 * @throws BadFigure for what Vega-Lite refuses or warns of, and what bindDatasets throws
 */
export const drawFigure = async (source: FigureSource, datasets: Datasets): Promise<DrawnFigure> => {
  const bindFor = (place: keyof typeof plotWidths) => {
    const own = sourceFor(source, place);
    requireData(own, datasets);
    requireValid(own);
    return { own, ...bindDatasets(own, datasets) };
  };
  const { spec, used } = bindFor('column');
  const { phone: _, ...usermeta } = (spec['usermeta'] ?? {}) as Readonly<Record<string, unknown>>;
  replaceTextMetrics();
  refuseChance();
  const drawings = await Promise.all(
    (Object.keys(plotWidths) as (keyof typeof plotWidths)[]).map(async (place) => {
      const bound = bindFor(place);
      return [place, await drawAt(bound.own, bound.spec, place)] as const;
    }),
  );
  const [only, ...others] = used;
  const rows =
    others.length === 0
      ? datasets[only!]!
      : used.flatMap((dataset) => datasets[dataset]!.map((row) => ({ dataset, ...row })));
  return {
    id: source.id,
    drawings: Object.fromEntries(drawings) as DrawnFigure['drawings'],
    spec: {
      $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
      ...spec,
      ...(Object.keys(usermeta).length > 0 ? { usermeta } : { usermeta: undefined }),
    },
    datasets: used,
    rows,
    columns: [...(others.length === 0 ? [] : ['dataset']), ...drawnColumns(source.spec, columnsOf(rows))],
  };
};
