/// <reference types="astro/client" />

/**
 * What MDX's language server completes in a page: the components that need no import, with the names of results that
 * builds wrote (see src/claims/paper-names.ts). One type serves the pages of all papers, some of them never built, so
 * that any name is taken, and those that are known are offered; a build and a check refuse others.
 */
interface MDXNames {
  readonly tables: ReproducibleNames<'tables'>;
  readonly values: ReproducibleNames<'values'>;
  readonly figures: ReproducibleNames<'figures'>;
  readonly claims: ReproducibleNames<'claims'>;
}

type ReproducibleNames<Kind extends string> =
  | {
      [Paper in keyof ReproduciblePapers]: ReproduciblePapers[Paper] extends Record<Kind, infer Names>
        ? Names extends string
          ? Names
          : keyof Names & string
        : never;
    }[keyof ReproduciblePapers]
  | (string & {});

type MDXComponent<Props> = (props: Props & { readonly children?: unknown }) => astroHTML.JSX.Element;

type MDXProvidedComponents = {
  readonly Alt: MDXComponent<object>;
  readonly Bibliography: MDXComponent<object>;
  readonly Cite: MDXComponent<{
    readonly of: string;
    readonly narrative?: boolean;
    readonly prefix?: string;
    readonly locator?: string;
    readonly suffix?: string;
  }>;
  readonly Claim: MDXComponent<{ readonly id: MDXNames['claims'] }>;
  readonly Holds: MDXComponent<object>;
  readonly Fails: MDXComponent<object>;
  readonly Undecided: MDXComponent<object>;
  readonly Definition: MDXComponent<{ readonly of: string }>;
  readonly Equation: MDXComponent<{ readonly id: string }>;
  readonly Explore: MDXComponent<{ readonly of: string }>;
  readonly Figure: MDXComponent<{ readonly of: MDXNames['figures']; readonly alt?: string }>;
  readonly Ref: MDXComponent<{ readonly to: string }>;
  readonly Reported: MDXComponent<{ readonly of?: string; readonly as?: 'percent' }>;
  readonly ResultTable: MDXComponent<{ readonly of: MDXNames['tables'] }>;
  readonly Source: MDXComponent<{ readonly of: string; readonly region?: string }>;
  readonly Term: MDXComponent<{ readonly of: string }>;
  readonly Value: MDXComponent<{ readonly of: MDXNames['values'] }>;
  readonly Word: MDXComponent<{
    readonly of: MDXNames['claims'];
    readonly holds?: string;
    readonly fails?: string;
    readonly undecided?: string;
  }>;
};
