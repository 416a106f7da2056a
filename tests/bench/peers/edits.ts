import { cpSync, readFileSync, renameSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { Language, ProjectLayout } from './peer-system.ts';
import { writeFile } from './stage-scripts.ts';

/** A project before and after an edit. */
export interface EditedProject {
  readonly folder: string;
  readonly language: Language;
  readonly layout: ProjectLayout;
  /** A file outside the project, which some scripts read. */
  readonly outside: string;
}

export interface Edit {
  readonly id: string;
  readonly title: string;
  /** Whether the value that belongs to the project changes. */
  readonly changes: 'value' | 'nothing';
  /** Parts that a project must have for the edit to mean anything. */
  readonly needs?: readonly (keyof ProjectLayout)[];
  readonly language?: Language;
  /** What the script reads besides, before the first build. */
  readonly prepare?: (project: EditedProject) => void;
  readonly apply?: (project: EditedProject) => void;
  /** Environment of the second build. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The stage whose rerun is needless; all unless given. */
  readonly needless?: 'report';
  readonly special?: 'moved' | 'bit-flip' | 'unrepeatable';
}

const edit = ({ folder }: EditedProject, path: string, change: (text: string) => string): void => {
  const before = readFileSync(join(folder, path), 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`the edit of ${path} changes nothing`);
  writeFile(folder, path, after);
};

/** Seconds; whole, since a file system keeps more of a time than can be set. */
const longAgo = 1_700_000_000;

const replace =
  (part: keyof ProjectLayout, from: string | RegExp, to: string) =>
  (project: EditedProject): void =>
    edit(project, project.layout[part]!, (text) => text.replace(from, to));

/** The script's line `extra = 0` becomes a read of something. */
const reads =
  (js: string | ((project: EditedProject) => string), py: string | ((project: EditedProject) => string)) =>
  (project: EditedProject): void => {
    const said = project.language === 'js' ? js : py;
    const expression = typeof said === 'string' ? said : said(project);
    edit(project, project.layout.script, (text) => text.replace('extra = 0', () => `extra = ${expression}`));
  };

const readsOutside = reads(
  ({ outside }) => `Number(readFileSync('${outside}', 'utf8'))`,
  ({ outside }) => `float(open('${outside}').read())`,
);

/** After the statement, so that it is code in a page's cell as well. */
const remark =
  (part: 'script' | 'helper', after: RegExp) =>
  (project: EditedProject): void =>
    edit(project, project.layout[part], (text) =>
      text.replace(after, project.language === 'js' ? '$1 // A remark.' : '$1  # A remark.'),
    );

export const edits: readonly Edit[] = [
  {
    id: 'script',
    title: 'the script',
    changes: 'value',
    apply: replace('script', '* factor', '* 2 * factor'),
  },
  { id: 'helper', title: 'a file that it imports', changes: 'value', apply: replace('helper', '+ 1', '+ 2') },
  {
    id: 'deep-helper',
    title: 'a file that this one imports',
    changes: 'value',
    apply: replace('deep', '= 1', '= 5'),
  },
  {
    id: 'python-deep-helper',
    title: 'the same in Python',
    changes: 'value',
    language: 'py',
    apply: replace('deep', '= 1', '= 5'),
  },
  { id: 'data', title: 'the data file', changes: 'value', apply: replace('data', '3', '4') },
  {
    id: 'data-old-time',
    title: 'the data file, its size and time as before',
    changes: 'value',
    prepare: ({ folder, layout }) => utimesSync(join(folder, layout.data), longAgo, longAgo),
    apply: (project) => {
      replace('data', '3', '4')(project);
      utimesSync(join(project.folder, project.layout.data), longAgo, longAgo);
    },
  },
  {
    id: 'parameter',
    title: 'a parameter',
    changes: 'value',
    needs: ['parameter'],
    apply: replace('parameter', /(parameter *[:=] *)1/, '$17'),
  },
  {
    id: 'package',
    title: 'an installed package',
    changes: 'value',
    apply: replace('package', '100', '200'),
  },
  {
    id: 'package-dependency',
    title: 'a package that this one imports',
    changes: 'value',
    apply: replace('packageDependency', '10', '20'),
  },
  {
    id: 'environment',
    title: 'an environment variable that it reads',
    changes: 'value',
    prepare: reads('Number(process.env.TINY_SCALE ?? 0)', "float(os.environ.get('TINY_SCALE', 0))"),
    environment: { TINY_SCALE: '1000' },
  },
  {
    id: 'listing',
    title: 'a file added to a folder that it lists',
    changes: 'value',
    prepare: (project) => {
      writeFile(project.folder, 'parts/one.txt', '1');
      reads("1000 * readdirSync('parts').length", "1000 * len(os.listdir('parts'))")(project);
    },
    apply: ({ folder }) => writeFile(folder, 'parts/two.txt', '2'),
  },
  {
    id: 'file-appears',
    title: 'a file appears that it had looked for',
    changes: 'value',
    prepare: reads("existsSync('override.txt') ? 1000 : 0", "1000 if os.path.exists('override.txt') else 0"),
    apply: ({ folder }) => writeFile(folder, 'override.txt', 'yes'),
  },
  {
    id: 'outside-file',
    title: 'a file outside the project, read by its path',
    changes: 'value',
    prepare: (project) => {
      writeFile('/', project.outside, '1000');
      readsOutside(project);
    },
    apply: ({ outside }) => writeFile('/', outside, '2000'),
  },
  {
    id: 'intermediate-tampered',
    title: 'the first stage’s output, edited by hand',
    changes: 'nothing',
    needs: ['intermediate'],
    apply: ({ folder, layout }) => writeFile(folder, layout.intermediate!, '0.42'),
  },
  {
    id: 'published-tampered',
    title: 'the published file, edited by hand',
    changes: 'nothing',
    needs: ['published'],
    apply: ({ folder, layout }) => writeFile(folder, layout.published!, '0.42'),
  },
  { id: 'bit-flip', title: 'a bit of any file in its store', changes: 'nothing', special: 'bit-flip' },
  {
    id: 'moved-and-edited',
    title: 'a helper, in a copy of the folder elsewhere',
    changes: 'value',
    special: 'moved',
    apply: replace('helper', '+ 1', '+ 2'),
  },
  {
    id: 'clock',
    title: 'it reads the clock',
    changes: 'value',
    special: 'unrepeatable',
    prepare: reads('performance.timeOrigin % 1e6 + performance.now()', 'time.time()'),
  },
  {
    id: 'random',
    title: 'it draws without a seed',
    changes: 'value',
    special: 'unrepeatable',
    prepare: reads('Math.random()', 'random.random()'),
  },
];

/** Edits after which every stage that runs, runs for nothing. */
export const neutralEdits: readonly Edit[] = [
  { id: 'unchanged', title: 'nothing', changes: 'nothing' },
  {
    id: 'touched',
    title: 'the times of all files',
    changes: 'nothing',
    apply: ({ folder, layout }) => {
      for (const part of ['script', 'helper', 'deep', 'data'] as const) {
        utimesSync(join(folder, layout[part]), new Date(), new Date());
      }
    },
  },
  {
    id: 'comment',
    title: 'a comment in the script',
    changes: 'nothing',
    apply: remark('script', /(extra = .*)/),
  },
  {
    id: 'helper-comment',
    title: 'a comment in a file that it imports',
    changes: 'nothing',
    apply: remark('helper', /(deep \+ 1.*)/),
  },
  {
    id: 'layout',
    title: 'the script’s layout',
    changes: 'nothing',
    apply: replace('script', 'x * factor + offset', '(\n  x * factor + offset\n)'),
  },
  {
    id: 'local-name',
    title: 'a local variable’s name',
    changes: 'nothing',
    apply: (project) => edit(project, project.layout.script, (text) => text.replaceAll('extra', 'addition')),
  },
  {
    id: 'unused-export',
    title: 'a function that nobody calls, in a file that it imports',
    changes: 'nothing',
    apply: (project) =>
      edit(project, project.layout.helper, (text) =>
        project.language === 'js' ? `${text}export const other = 8;\n` : `${text}other = 8\n`,
      ),
  },
  {
    id: 'equal-output',
    title: 'the script, with an equal output: the stage after it',
    changes: 'nothing',
    needs: ['second'],
    needless: 'report',
    apply: replace('script', 'x * factor', 'factor * x'),
  },
  {
    id: 'prose',
    title: 'the page’s prose',
    changes: 'nothing',
    needs: ['page'],
    apply: replace('page', 'A page.', 'A page, reworded.'),
  },
  {
    id: 'unrelated-file',
    title: 'a file that nobody reads',
    changes: 'nothing',
    apply: ({ folder }) => writeFile(folder, 'remarks.txt', 'of no use'),
  },
  {
    id: 'other-environment',
    title: 'an environment variable that nobody reads',
    changes: 'nothing',
    environment: { TINY_UNREAD: 'yes' },
  },
  { id: 'moved', title: 'a copy of the folder elsewhere', changes: 'nothing', special: 'moved' },
];

/** A copy of the whole folder, its caches with it, under another path; the old one is gone. */
export const move = (project: EditedProject, to: string): EditedProject => {
  cpSync(project.folder, to, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
  renameSync(project.folder, `${project.folder}.gone`);
  return { ...project, folder: to };
};
