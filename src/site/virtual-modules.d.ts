/// <reference types="astro/client" />

/// <reference types="astro/client" />

/** What this very build computed. */
declare module 'virtual:papers' {
  export const origin: import('./site-origin.ts').SiteOrigin;
  export const paperIds: readonly string[];
  export const givenPaper: (paper: string) => import('./site-build.ts').GivenPaper;
  export const paperData: (paper: string) => import('../results/paper-data.ts').PaperData;
}

/** Every paper's text, compiled. */
declare module 'virtual:papers/pages' {
  export interface PageModule {
    readonly default: import('astro/runtime/server/index.js').AstroComponentFactory;
    readonly frontmatter: import('./page-frontmatter.ts').PageFrontmatter & {
      /** Claim id -> its sentence as the page prints it, formulas as TeX between dollar signs. */
      readonly sentences: Readonly<Record<string, string>>;
      /** Figure id -> what the page says of it to those who do not see it. */
      readonly figureAlts: Readonly<Record<string, string>>;
      /** Which sentences print which values, in the order of the page. */
      readonly uses: readonly import('./value-uses.ts').ValueUse[];
      readonly bound: import('./value-uses.ts').BoundShare;
    };
    readonly getHeadings: () => readonly {
      readonly depth: number;
      readonly slug: string;
      readonly text: string;
    }[];
  }
  /** By paper: the page that is the paper itself. */
  export const pages: Readonly<Record<string, PageModule>>;
  /** All pages of a paper in their order; the paper itself first. */
  export const pagesOf: (paper: string) => readonly { readonly name: string; readonly page: PageModule }[];
}

/** What the site has in the place of the integration's own components, and beside its styles. */
declare module 'virtual:papers/replaced' {
  export const components: Readonly<
    Record<string, import('astro/runtime/server/index.js').AstroComponentFactory>
  >;
}
