import type { Plugin } from 'vite';
import type { PaperChanges } from '../diff/paper-changes.ts';
import type { PaperError, SourcePosition } from '../engine/stage/index.ts';
import type { ExplorationOffer } from '../explore/prepare-explorations.ts';
import type { DrawnFigure } from '../figures/draw-figure.ts';
import type { RecomputationOffer } from '../recompute/recomputation.ts';
import type { PaperData } from '../results/paper-data.ts';
import type { Definition } from './definition-text.ts';
import type { PageFrontmatter } from './page-frontmatter.ts';
import { type SiteOrigin, unknownOrigin } from './site-origin.ts';

/** A file that a page offers. */
export interface Download {
  /** Below the paper's folder. */
  readonly path: string;
  readonly label: string;
}

/** How a stage came by its outputs, as a page tells it. */
export interface MadeStage {
  readonly key: string;
  readonly definition: Definition;
  /** How many files of code its key holds. */
  readonly files: number;
  /** Names of the stages that it reads. */
  readonly inputs: readonly string[];
  readonly durationMs: number;
  readonly processor: string;
  /** Of a run that no build makes: when it was made, and how often later code was shown to make it too. */
  readonly published: { readonly when: string; readonly attestations: number } | null;
}

/** A file of code that made results. */
export interface CodeFile {
  readonly text: string;
  /** SHA-256 of its text. */
  readonly digest: string;
  /** How many stages' keys hold it. */
  readonly stages: number;
}

/** A paper as its pages get it: nothing else is printed. */
export interface GivenPaper {
  readonly data: PaperData;
  /** By id, drawn for every width. */
  readonly figures: Readonly<Record<string, DrawnFigure>>;
  readonly downloads: readonly Download[];
  /** Every stage behind the results, by name. */
  readonly stages: Readonly<Record<string, MadeStage>>;
  /** By path from the project's root: each has a page that shows it. Undefined where nobody asked. */
  readonly code?: Readonly<Record<string, CodeFile>>;
  /** Undefined where nobody asked. */
  readonly changes?: PaperChanges;
  /** By table: what a reader's browser can compute anew. A server of drafts offers nothing. */
  readonly recomputable?: Readonly<Record<string, RecomputationOffer>>;
  /** By id: what a reader can explore; null where nothing is offered, as by a server of drafts. */
  readonly explorations?: Readonly<Record<string, ExplorationOffer | null>>;
}

/** A claim's sentence as the page prints it, and where it begins. */
export interface ClaimSentence {
  /** Values formatted, formulas as TeX between dollar signs. */
  readonly text: string;
  readonly where: SourcePosition;
}

/** A link to a place of the site, as its author wrote it. */
export interface PageLink {
  readonly href: string;
  readonly where: SourcePosition;
}

/** What the one compilation of a page, or of a part of one, found in it. */
export interface CompiledPage {
  /** Of a further page its paper's, with a title of its own. */
  readonly frontmatter: PageFrontmatter;
  /** By claim. */
  readonly sentences: ReadonlyMap<string, ClaimSentence>;
  readonly links: readonly PageLink[];
}

/**
 * What the process that computes the papers and the site that renders them tell each other. It is handed over as an
 * object, so that no page can print what another build, or a hand, left in a file.
 */
export interface SiteBuild {
  /** By id, in the order of the site. */
  readonly papers: ReadonlyMap<string, GivenPaper>;
  /** By file, as `content/<paper>/<page>.mdx`: written as pages are compiled. */
  readonly pages: Map<string, CompiledPage>;
  /** Path of each file that pages show or import -> its digest as it was read: written as pages are compiled. */
  readonly sources: Map<string, string>;
  /** By file: the first mistake in its text. */
  readonly faults: Map<string, PaperError>;
  /** Whether nothing of a project's own has a say in how the plain text of a page is put out: see plain-text.ts. */
  plainText: boolean;
  /** The module of the site's own components, as text; empty where it has none, undefined until that is known. */
  ownComponents: string | undefined;
  /** Where the site will be served: begins and ends with a slash. */
  base: string;
  /** What the pages were built from. */
  readonly origin: SiteOrigin;
  /** How often papers were given. */
  revision: number;
  /** Puts other papers in the place of all that were given. */
  readonly give: (papers: readonly GivenPaper[]) => void;
}

export const createSiteBuild = (
  papers: readonly GivenPaper[],
  origin: SiteOrigin = unknownOrigin,
): SiteBuild => {
  const byId = new Map<string, GivenPaper>();
  const build: SiteBuild = {
    papers: byId,
    pages: new Map(),
    sources: new Map(),
    faults: new Map(),
    plainText: false,
    ownComponents: undefined,
    base: '/',
    origin,
    revision: 0,
    give: (given) => {
      byId.clear();
      for (const paper of given) byId.set(paper.data.paper, paper);
      build.revision += 1;
    },
  };
  build.give(papers);
  return build;
};

const pluginName = 'reproducible-paper:build';

/** Carries a build to the integration, among the plugins of Astro's inline configuration. */
export const siteBuildPlugin = (build: SiteBuild): Plugin<SiteBuild> => ({ name: pluginName, api: build });

/** The build that the process at hand computes; undefined when Astro was started alone. */
export const siteBuildAmong = (plugins: unknown): SiteBuild | undefined =>
  ([plugins].flat(Number.POSITIVE_INFINITY) as readonly (Partial<Plugin<SiteBuild>> | null)[]).find(
    (plugin) => plugin?.name === pluginName,
  )?.api;
