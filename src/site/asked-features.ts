/** What a browser draws without being asked: letters that join or change beside each other, marks, and spacing. */
const ofBrowsers = [
  'calt',
  'ccmp',
  'clig',
  'kern',
  'liga',
  'locl',
  'mark',
  'mkmk',
  'rclt',
  'rlig',
  'rvrn',
] as const;

/** OpenType's tags of what `font-variant` and its parts name. */
const tagsOf: Readonly<Record<string, readonly string[]>> = {
  'lining-nums': ['lnum'],
  'oldstyle-nums': ['onum'],
  'proportional-nums': ['pnum'],
  'tabular-nums': ['tnum'],
  'diagonal-fractions': ['frac'],
  'stacked-fractions': ['afrc'],
  ordinal: ['ordn'],
  'slashed-zero': ['zero'],
  'small-caps': ['smcp'],
  'all-small-caps': ['smcp', 'c2sc'],
  'petite-caps': ['pcap'],
  'all-petite-caps': ['pcap', 'c2pc'],
  unicase: ['unic'],
  'titling-caps': ['titl'],
  sub: ['subs'],
  super: ['sups'],
  'discretionary-ligatures': ['dlig'],
  'historical-ligatures': ['hlig'],
  'historical-forms': ['hist'],
};

/** The features of fonts, as OpenType's tags, that styles have drawn: a cut font needs the glyphs of no other. */
export const featuresAskedIn = (styles: readonly string[]): readonly string[] => {
  const asked = styles.flatMap((text) => [
    ...[...text.matchAll(/font(?:-variant(?:-[a-z-]+)?)?:([^;}"]+)/g)].flatMap(([, value = '']) =>
      value.split(/[\s!/]+/).flatMap((word) => tagsOf[word] ?? []),
    ),
    ...[...text.matchAll(/font-feature-settings:([^;}]+)/g)].flatMap(([, value = '']) =>
      [...value.matchAll(/["']([\x20-\x7e]{4})["']/g)].map(([, tag = '']) => tag),
    ),
  ]);
  return [...new Set([...ofBrowsers, ...asked])].toSorted();
};
