/** Real scripts, run by the real runner: what a Python stage is held to, and what its key holds. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hasNamespaces } from '../../src/engine/command/namespace-command.ts';
import { pythonStage } from '../../src/engine/python/python-stage.ts';
import { type Stage, stage } from '../../src/engine/stage/pipeline.ts';
import { rejectionText } from '../error-text.ts';
import { createTinyPaper, ranIn, type TinyPaper } from './tiny-paper.ts';

let paper: TinyPaper;
beforeEach(() => {
  paper = createTinyPaper();
});
afterEach(() => paper.remove());

const put = (file: string, text: string): void => {
  mkdirSync(dirname(join(paper.folder, file)), { recursive: true });
  writeFileSync(join(paper.folder, file), text);
};

const head = `import json, sys
manifest = json.load(open(sys.argv[1]))
`;
const tail = `
open(manifest['outputs']['result'], 'w').write(json.dumps(value))
`;

/** A stage whose script computes `value`. */
const script = (body: string, requirements?: string): Stage => {
  put('py/main.py', head + body + tail);
  return stage(
    'sum',
    pythonStage({
      module: pathToFileURL(join(paper.folder, 'definition.ts')).href,
      script: './py/main.py',
      ...(requirements ? { requirements } : {}),
      kind: 'exact',
      inputs: {},
      outputs: { result: 'sum.json' },
      params: z.strictObject({}),
    }),
    {},
  ) as unknown as Stage;
};

const failure = (made: Stage): Promise<string> => rejectionText(paper.runAsGiven(made));

describe('a Python stage', () => {
  it('runs once, and not again while nothing that runs has changed', async () => {
    put('py/near.py', 'from deep import one  # a comment\n\ndef two():\n    return one + 1\n');
    put('py/deep.py', 'one = 1\n');
    const made = script('from near import two\nvalue = two()');
    const first = await paper.runAsGiven(made);
    expect(await paper.output(first, 'sum')).toBe('2');
    put('py/near.py', 'from deep import (one)\ndef two(): return one + 1 # another\n');
    expect(ranIn(await paper.runAsGiven(made))).toEqual([]);
    put('py/deep.py', 'one = 2\n');
    const second = await paper.runAsGiven(made);
    expect(ranIn(second)).toEqual(['sum']);
    expect(await paper.output(second, 'sum')).toBe('3');
  });

  it('runs what lies in the source, whatever compiled code lies beside it', async () => {
    put('py/near.py', 'one = 1\n');
    put('py/__pycache__/near.cpython-311.pyc', 'not compiled code');
    expect(await paper.output(await paper.runAsGiven(script('from near import one as value')), 'sum')).toBe(
      '1',
    );
  });

  it('follows packages, relative imports, literal names and imports inside functions', async () => {
    put('py/pkg/__init__.py', 'from . import a\nfrom .a import *\n');
    put('py/pkg/a.py', 'import pkg.sub.b as b\none = b.one\n');
    put('py/pkg/sub/__init__.py', '');
    put(
      'py/pkg/sub/b.py',
      'def get():\n    try:\n        from ..c import one\n    except ImportError:\n        one = 0\n    return one\none = 1\n',
    );
    put('py/pkg/c.py', 'one = 7\n');
    const made = script(
      "import importlib, pkg.sub.b\nvalue = pkg.one + pkg.sub.b.get() + importlib.import_module('pkg.c').one",
    );
    expect(await paper.output(await paper.runAsGiven(made), 'sum')).toBe('15');
    put('py/pkg/c.py', 'one = 8\n');
    expect(await paper.output(await paper.runAsGiven(made), 'sum')).toBe('17');
  });

  it('may call a function of its own as Python calls one that makes code', async () => {
    const body =
      'from re import compile\ndef eval(of):\n    return of + 1\nvalue = [eval(1), bool(compile(".").match("a"))]';
    expect(await paper.output(await paper.runAsGiven(script(body)), 'sum')).toBe('[2, true]');
  });

  it.each([
    ['__import__', '__import__(manifest["x"])'],
    ['import_module', 'import importlib\nvalue = importlib.import_module("o" + "s")'],
    ['exec', 'exec(manifest["x"])'],
    ['eval', 'run = eval'],
    ['compile', 'compile(manifest["x"], "x", "exec")'],
    ['runpy', 'import runpy'],
    ['sys.path', 'sys.path.insert(0, "/tmp")'],
    ['importlib.util', 'from importlib import util'],
  ])('refuses %s before it runs, with the line', async (what, body) => {
    const text = await failure(script(`value = 1\n${body}`));
    expect(text).toContain(`UntraceableImport: ${what} decides only while it runs what code it loads.`);
    expect(text).toMatch(/py\/main\.py:[45]/);
  });

  it('names a module that is nowhere, one that hides one of Python, and a line that cannot be read', async () => {
    expect(await failure(script('import nowhere\nvalue = 1'))).toContain(
      "ImportUnresolved: no module 'nowhere' is beside the script, in Python, or in its requirements.",
    );
    put('py/json.py', '');
    expect(await failure(script('value = 1'))).toContain(
      "ModuleShadowed: the project's module 'json' has the name of one of Python's own.",
    );
    expect(await failure(script('value = ('))).toContain('PythonSyntax: Python cannot read it: ');
  });

  it.each([
    ['UndeclaredRead', "open('/etc/hostname')", 'the script reads /etc/hostname'],
    [
      'UndeclaredRead',
      "import os; there = os.open(manifest['scratch'], os.O_RDONLY); os.open('../../../../../../../../../../etc/hostname', os.O_RDONLY, dir_fd=there)",
      'etc/hostname, which its stage does not declare',
    ],
    [
      'UndeclaredWrite',
      "import os; os.mkfifo('/tmp/paper-was-here')",
      'the script writes /tmp/paper-was-here',
    ],
    [
      'ChildProcessRefused',
      "import multiprocessing; multiprocessing.set_start_method('spawn'); multiprocessing.Process(target=print).start()",
      'the script starts another process (fork_exec)',
    ],
    ['UndeclaredWrite', "open('/tmp/paper-was-here', 'w')", 'the script writes /tmp/paper-was-here'],
    [
      'UndeclaredWrite',
      "import os; os.mkdir('/tmp/paper-was-here')",
      'the script writes /tmp/paper-was-here',
    ],
    [
      'UndeclaredWrite',
      "import os; os.rename(manifest['scratch'], '/tmp/paper-was-here')",
      'the script writes',
    ],
    ['UndeclaredWrite', "open(manifest['done'], 'w')", '.done, which its stage'],
    [
      'UndeclaredWrite',
      "import sqlite3; sqlite3.connect('/tmp/paper-was-here')",
      'the script writes /tmp/paper-was-here',
    ],
    ...[
      ...['resource.getrlimit(resource.RLIMIT_NOFILE)', 'resource.prlimit(0, resource.RLIMIT_AS)'],
      ...['os.umask(0)', 'os.nice(0)', 'os.getresuid()', "os.pathconf('/', 'PC_NAME_MAX')"],
    ].map((call) => [
      'UndeclaredRead',
      `import os, resource; ${call}`,
      `the script asks for ${call.split('(')[0]}, which differs from machine to machine`,
    ]),
    ['UndeclaredListing', "import os; os.listdir('/etc')", 'the script lists /etc'],
    ['UndeclaredListing', "import glob; glob.glob('/etc/*')", 'the script lists /etc'],
    ['ChildProcessRefused', "import subprocess; subprocess.run(['true'])", '(subprocess.Popen)'],
    ['ChildProcessRefused', "import os; os.system('true')", '(os.system)'],
    ['ChildProcessRefused', 'import os; os.fork()', '(os.fork)'],
    ['SocketRefused', "import socket; socket.socket().connect(('127.0.0.1', 9))", '(socket.connect)'],
    ['SocketRefused', "import socket; socket.getaddrinfo('localhost', 9)", '(socket.getaddrinfo)'],
    ['UndeclaredRead', 'import os; os.times()', 'the script asks for os.times'],
    [
      'NativeCallRefused',
      "import ctypes; ctypes.CDLL('libm.so.6')",
      'the script loads the library libm.so.6',
    ],
    [
      'NativeCallRefused',
      'import ctypes; ctypes.CDLL(None).getpid()',
      'the script calls the native function getpid',
    ],
  ])('is refused by %s, even where it swallows everything: %s', async (name, body, says) => {
    const text = await failure(script(`value = 1\ntry:\n    ${body}\nexcept BaseException:\n    pass`));
    expect(text).toContain(`${name}: `);
    expect(text).toContain(says);
    expect(text).toMatch(/py\/main\.py:5/);
  });

  it('is refused an import outside its closure', async () => {
    put('py/hidden.py', 'one = 1\n');
    // No tree shows this one: the name of the function is a text.
    const body = "value = 1\ngetattr(json.decoder, '__builtins__')['__import__']('hidden')";
    expect(await failure(script(body))).toContain('UndeclaredImport: the script imports ');
  });

  it.skipIf(!hasNamespaces())(
    'finds nothing but what it declares, where the machine has namespaces',
    async () => {
      const made = script("import os\nvalue = [os.path.exists('/etc/hostname'), sorted(os.environ)]");
      const finished = await paper.runAsGiven(made);
      const [exists, names] = JSON.parse(await paper.output(finished, 'sum'));
      expect(exists).toBe(false);
      expect(names).not.toContain('HOME');
    },
  );

  it.each([
    ['a clock', 'import time\nvalue = int(time.time() / 3600)'],
    ['a clock of the system', 'import time\nvalue = int(time.clock_gettime(time.CLOCK_REALTIME) / 3600)'],
    ['a clock without a date', 'import time\nvalue = int(time.monotonic() / 3600)'],
    ['where Python lies', 'value = sys.executable'],
    ['the time in words', "import time\nvalue = time.strftime('%Y-%m-%d')"],
    ['the place of its own file', 'value = __file__'],
    ['the place of a module', 'import near\nvalue = near.__file__'],
    ['the year', 'import datetime\nvalue = datetime.date.today().year'],
    ['where its lines stand', 'import sys\nvalue = sys._getframe().f_lineno'],
    [
      'how many seconds it takes',
      'import time\nbefore = time.perf_counter()\ntime.sleep(0.02)\nvalue = round(time.perf_counter() - before)',
    ],
    [
      'the year of a file that it writes',
      "import os, time\nname = os.path.join(manifest['scratch'], 'a')\nopen(name, 'w').close()\nvalue = time.gmtime(os.stat(name).st_mtime).tm_year",
    ],
    ['the date', 'import datetime\nvalue = datetime.date.today().isoformat()'],
    [
      'the order of a folder',
      "import os\nfor name in 'abc': open(os.path.join(manifest['scratch'], name), 'w').close()\nvalue = os.listdir(manifest['scratch'])",
    ],
    ['an unseeded random number', 'import random\nvalue = random.random()'],
    ['the order of a set', "value = list({'a', 'b', 'c', 'd', 'e'})"],
  ])('is found by verify to depend on %s', async (_, body) => {
    put('py/near.py', '');
    expect((await paper.verifyAsGiven(script(body))).equal).toBe(false);
  });

  it('may have expressions as long, and numbers as large, as it likes', async () => {
    const body = `value = [${Array(4000).fill('1').join(' + ')}, 0x${'f'.repeat(5000)} > 1]`;
    expect(await paper.output(await paper.runAsGiven(script(body)), 'sum')).toBe('[4000, true]');
  });

  it('may not read its own source, of which the key holds the tree alone', async () => {
    expect(await failure(script("value = open(__file__).read().count('#')"))).toMatch(/^UndeclaredRead: /);
  });

  it('that leaves half way, fails or ends by sys.exit is told from one that ended well', async () => {
    expect(
      await failure(script('import os\nvalue = 1\nopen(manifest["outputs"]["result"], "w")\nos._exit(0)')),
    ).toContain("StageEndedEarly: stage 'sum' ended before its `run` did.");
    expect(await failure(script('value = 1 / 0'))).toContain(
      'StageFailed: the script ended by an exception.',
    );
    expect(await failure(script('value = 1\nsys.exit("no")'))).toContain('StageFailed');
  });

  it('that raises an exception is told with its words, and with the line of its own files where it stopped', async () => {
    put('py/near.py', '# No loss.\ndef half(of):\n    return of["nosuch"]\n');
    const text = await failure(script('from near import half\nvalue = half({})'));
    expect(
      text
        .replace(/^ {2}\S*\/py\//m, '  ')
        .split('\n')
        .slice(0, 3),
    ).toEqual(['StageFailed: the script ended by an exception.', '  near.py:3', "  KeyError: 'nosuch'"]);
  });

  it('is told whole by what it printed last, by several lines and by a group of exceptions', async () => {
    const words = async (body: string) => {
      const [, place, ...details] = (await failure(script(`value = 1\n${body}`))).split('\n');
      return [place?.replace(/^.*\/py\//, ''), ...details.slice(0, -2)];
    };
    expect(await words("print('by the way')\nraise ValueError('one\\n  two')")).toEqual([
      'main.py:5',
      '  ValueError: one',
      '    two',
    ]);
    expect(await words("raise ExceptionGroup('both', [ValueError('one')])")).toEqual([
      'main.py:4',
      '  ExceptionGroup: both (1 sub-exception)',
    ]);
  });

  it('may do what packages do: warn, print where it stands, log times, wait by asyncio', async () => {
    const body = [
      'import asyncio, logging, traceback, warnings',
      "warnings.warn('a warning')",
      'traceback.print_stack()',
      "logging.basicConfig(format='%(asctime)s %(message)s')",
      "logging.warning('logged')",
      'value = asyncio.run(asyncio.sleep(0.01, 7))',
    ].join('\n');
    expect(await paper.output(await paper.runAsGiven(script(body)), 'sum')).toBe('7');
    expect((await paper.verifyAsGiven(script(body))).equal).toBe(true);
  });

  it('is the same by verify where its dates are written down, compared or kept', async () => {
    const body = [
      '# -*- coding: utf-8 -*-',
      'import datetime, pickle',
      'day = datetime.datetime(2026, 3, 7)',
      'same = pickle.loads(pickle.dumps(day))',
      'kinds = [isinstance(day, datetime.date), isinstance(day.date(), datetime.date), same == day]',
      'value = [kinds, repr(day), repr(datetime.date(2026, 3, 7))]',
    ].join('\n');
    expect(await paper.verifyAsGiven(script(body))).toMatchObject({ equal: true });
  });

  it('is ended by a signal that nobody handles', async () => {
    expect(await failure(script('value = 1\nimport signal, time\nsignal.alarm(1)\ntime.sleep(60)'))).toMatch(
      /^Stage(Failed|Killed): /,
    );
  });

  // What a script leaves to be done is done under the same watch, and before it has ended well.
  it.each([
    [
      'a thread that it leaves',
      'import threading, time\ndef late():\n    time.sleep(0.2)\n    WORK\nthreading.Thread(target=late).start()',
    ],
    ['what it leaves for its end', 'import atexit\natexit.register(lambda: WORK)'],
    [
      'a pool of threads that it leaves open',
      'from concurrent.futures import ThreadPoolExecutor\nimport time\npool = ThreadPoolExecutor(1)\npool.submit(lambda: (time.sleep(0.2), WORK))',
    ],
  ])('is held to what it declares in %s', async (_, left) => {
    const secret = join(paper.folder, '..', 'secret.txt');
    writeFileSync(secret, 'secret');
    const doing = (work: string): Stage => script(`value = 1\n${left.replace('WORK', work)}`);
    expect(await failure(doing(`open(${JSON.stringify(secret)}).read()`))).toContain(
      `UndeclaredRead: the script reads ${secret}`,
    );
    expect(await failure(doing("__import__('subprocess').run(['true'])"))).toContain('ChildProcessRefused');
    const written = doing("open(manifest['outputs']['result'], 'w').write('2')");
    expect(await paper.output(await paper.runAsGiven(written), 'sum')).toBe('2');
  });

  it('does not end well where a thread, or what it left for its end, did not', async () => {
    expect(
      await failure(script('value = 1\nimport threading\nthreading.Thread(target=lambda: 1 / 0).start()')),
    ).toContain("StageFailed: stage 'sum' stopped with exit code 1.");
    expect(await failure(script('value = 1\nimport atexit\natexit.register(lambda: 1 / 0)'))).toContain(
      "StageFailed: stage 'sum' stopped with exit code 1.",
    );
  });

  it('is not told of the machine', async () => {
    for (const ask of [
      'cpu_count()',
      "sysconf('SC_PHYS_PAGES')",
      'uname().release',
      'getpid()',
      'getloadavg()[0]',
    ])
      expect(await failure(script(`import os\nvalue = os.${ask}`))).toContain(
        `UndeclaredRead: the script asks for os.${ask.split('(')[0]}, which differs from machine to machine.`,
      );
    // By another name, and by what hands it on.
    for (const [ask, name] of [
      ['posix.getpid()', 'getpid'],
      ['platform.release()', 'uname'],
      ['platform.node()', 'uname'],
      ['multiprocessing.cpu_count()', 'cpu_count'],
      ["shutil.disk_usage('/').total", 'statvfs'],
    ] as const)
      expect(await failure(script(`import ${ask.split('.')[0]}\nvalue = ${ask}`))).toContain(
        `UndeclaredRead: the script asks for os.${name}, which differs from machine to machine.`,
      );
    expect(await failure(script('import os\nvalue = os.kill(1, 0)'))).toContain(
      'ChildProcessRefused: the script sends a signal to another process (os.kill).',
    );
    // But packages find their way.
    expect(
      await paper.output(
        await paper.runAsGiven(
          script(
            'import tempfile, platform, concurrent.futures as f\nf.ThreadPoolExecutor()\nplatform.machine()\nvalue = 3',
          ),
        ),
        'sum',
      ),
    ).toBe('3');
  });

  it('writes its outputs as plain files', async () => {
    const made = script('value = 1');
    put(
      'py/main.py',
      `${head}import os\nopen(manifest['scratch'] + '/x.json', 'w').write('1')\nos.symlink(manifest['scratch'] + '/x.json', manifest['outputs']['result'])\n`,
    );
    expect((await failure(made)).replace(/^ {2}\S+\/(?=definition\.ts$)/m, '  ')).toBe(
      `OutputIsNoFile: stage 'sum' wrote its output 'result' as no plain file.
  definition.ts
  expected the file sum.json; received a link
  hint: write the content itself to \`outputs.result\`.`,
    );
  });

  it('tells an error of its own by the file that the manifest names', async () => {
    const text = await failure(
      script(
        "value = 1\njson.dump({'name': 'TooFew', 'message': 'two were needed.', 'hint': 'add one.'}, open(manifest['error'], 'w'))\nsys.exit(1)",
      ),
    );
    expect(text).toContain('TooFew: two were needed.');
  });

  it('has its requirements refused where a line is not locked', async () => {
    put('needs.txt', '# packages\nnumpy==2.2.6\n');
    const text = await failure(script('value = 1', './needs.txt'));
    expect(text).toContain("RequirementUnlocked: a requirement is not locked: 'numpy==2.2.6'.");
    expect(text).toContain('needs.txt:2');
    expect(await failure(script('value = 1', './absent.txt'))).toContain(
      'PythonFileMissing: the requirements ',
    );
  });

  it('does not run a file that was edited after its key was made', async () => {
    const made = script('value = 1');
    const program = made.code.program!;
    const late = {
      ...made,
      code: {
        ...made.code,
        program: async (root: string) => {
          const found = await program(root);
          script('value = 2');
          return found;
        },
      },
    };
    const text = await failure(late);
    expect(text).toContain('SourceChanged: ');
    expect(text).toContain('main.py was edited after its key was made.');
    expect(text).toContain('hint: run the same command again.');
  });

  it('is named by the first file that changed', async () => {
    put('py/near.py', 'one = 1\n');
    const made = script('from near import one as value');
    const files = (await made.code.program!(paper.folder)).files;
    expect(files).toEqual(['py/main.py', 'py/near.py']);
    const before = await (await made.code.program!(paper.folder)).sources();
    put('py/near.py', 'one = 2\n');
    const now = await (await made.code.program!(paper.folder)).sources();
    expect(now['py/main.py']).toBe(before['py/main.py']);
    expect(now['py/near.py']).not.toBe(before['py/near.py']);
  });

  it('has one digest wherever the project lies', async () => {
    const digest = (await script('value = 1').code.program!(paper.folder)).digest;
    const other = createTinyPaper();
    try {
      mkdirSync(join(other.folder, 'py'));
      writeFileSync(join(other.folder, 'py/main.py'), `${head}value = 1${tail}`);
      const { program } = pythonStage({
        module: pathToFileURL(join(other.folder, 'definition.ts')).href,
        script: './py/main.py',
        kind: 'exact',
        inputs: {},
        outputs: { result: 'sum.json' },
        params: z.strictObject({}),
      });
      expect((await program(other.folder)).digest).toBe(digest);
    } finally {
      other.remove();
    }
  });
});
