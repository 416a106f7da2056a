/** What is used of citeproc-js, which has no types of its own. See its manual, https://citeproc-js.readthedocs.io. */
declare module 'citeproc' {
  export interface CitationItem {
    readonly id: string;
    readonly locator?: string;
    readonly label?: string;
    readonly prefix?: string;
    readonly suffix?: string;
  }

  export interface Citation {
    readonly citationID: string;
    readonly citationItems: readonly CitationItem[];
    readonly properties: { readonly noteIndex: number; readonly mode?: 'author-only' | 'suppress-author' };
    /** Written by the processor: in the order in which the style prints them. */
    readonly sortedItems?: readonly (readonly [{ readonly id: string }, unknown])[];
  }

  export interface Engine {
    readonly opt: {
      readonly xclass: string;
      readonly development_extensions: { wrap_url_and_doi: boolean };
    };
    /** @returns of each citation: its id, its note, its text in the format */
    readonly rebuildProcessorState: (
      citations: readonly Citation[],
      format: 'html',
      uncited: readonly string[],
    ) => readonly (readonly [string, number, string])[];
    readonly makeCitationCluster: (items: readonly CitationItem[]) => string;
    readonly makeBibliography: () =>
      | readonly [{ readonly entry_ids: readonly (readonly string[])[] }, readonly string[]]
      | false;
  }

  interface System {
    readonly retrieveLocale: (language: string) => string;
    readonly retrieveItem: (id: string) => object;
  }

  const CSL: {
    readonly Engine: new (system: System, style: string, language: string, isForced: boolean) => Engine;
  };
  export default CSL;
}
