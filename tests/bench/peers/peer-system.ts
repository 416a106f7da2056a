/** A language that a stage's script is written in. */
export type Language = 'js' | 'py';

/** Where the parts of a system's tiny project lie, relative to its folder. */
export interface ProjectLayout {
  readonly script: string;
  readonly helper: string;
  readonly deep: string;
  readonly data: string;
  /** The code of a package, and of the package that this one imports. */
  readonly package: string;
  readonly packageDependency: string;
  /** The second stage's script; absent where a system's stages cannot follow one another. */
  readonly second?: string;
  /** What the first stage gives the second, where it lies at a fixed place. */
  readonly intermediate?: string;
  /** The file that a reader sees, where it lies at a fixed place. */
  readonly published?: string;
  /** The page's text, where the system makes pages. */
  readonly page?: string;
  /** The file that holds the parameter, as `parameter: 1` or `parameter = 1`; absent where there are none. */
  readonly parameter?: string;
}

export interface BuildEnd {
  readonly exitCode: number;
  /** What the system printed, for the reader of a failure. */
  readonly said: string;
}

/** A system that builds published values from code, driven as its own guide does. */
export interface PeerSystem {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  /** What its project declares by hand. */
  readonly declares: string;
  /** The first is the one that its projects are written in unless an edit asks for another. */
  readonly languages: readonly Language[];
  /** Writes the project's files. @param beaconPort where a stage that runs says so */
  create(folder: string, language: Language, beaconPort: number): Promise<ProjectLayout>;
  build(folder: string, environment: Readonly<Record<string, string>>): Promise<BuildEnd>;
  /** @returns the value that a reader sees; undefined where nothing is published */
  read(folder: string): number | undefined;
  /** Whether a second run gives the same, by the system's own command for that. */
  verify?(folder: string): Promise<boolean>;
  /** Folders of its caches and records, relative to the project. */
  readonly caches: readonly string[];
  /** Files and folders that a build makes besides. */
  readonly products: readonly string[];
}
