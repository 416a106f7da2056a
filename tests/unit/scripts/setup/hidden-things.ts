import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SetupError } from '../../../../scripts/setup/setup-error.mjs';

/**
 * A machine from which things are hidden: its PATH holds only the commands that a test writes.
 *
 * @param commands name -> shell script
 */
export const createMachine = (commands: Readonly<Record<string, string>>) => {
  const folder = mkdtempSync(join(tmpdir(), 'machine-'));
  const bin = join(folder, 'bin');
  const root = join(folder, 'root');
  mkdirSync(bin);
  mkdirSync(root);
  for (const [name, script] of Object.entries(commands)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  let begun = 0;
  return {
    root,
    folder,
    begun: (): number => begun,
    context: {
      root,
      cacheFolder: join(folder, 'cache'),
      env: { PATH: bin },
      begin: (): void => {
        begun += 1;
      },
    },
    write: (path: string, text: string): void => {
      mkdirSync(join(root, path, '..'), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    remove: (): void => rmSync(folder, { recursive: true, force: true }),
  };
};

/** The whole text that a person reads, with the machine's own folder taken out. */
export const setupText = async (work: () => unknown, folder = ''): Promise<string> => {
  try {
    await work();
    return 'nothing was thrown';
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    return folder === '' ? error.text : error.text.replaceAll(folder, '<machine>');
  }
};
