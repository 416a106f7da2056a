import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { preview } from '../../../../src/cli/preview.ts';
import { rejectionText } from '../../../error-text.ts';

test('nothing to serve, and a port that is taken, are told with what to do', async () => {
  const root = mkdtempSync(join(tmpdir(), 'preview-'));
  expect(await rejectionText(preview(root))).toBe(
    'NothingBuilt: there is no dist to serve.\n  hint: run `npm run build` first.',
  );
  mkdirSync(join(root, 'dist'));
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, () => resolve()));
  const { port } = holder.address() as AddressInfo;
  expect(await rejectionText(preview(root, String(port)))).toBe(
    `PortUnusable: port ${port} cannot be used: EADDRINUSE.\n  hint: give another one: \`npm run preview -- --port 4322\`.`,
  );
  holder.close();
  rmSync(root, { recursive: true });
});
