import { statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { PaperError } from '../engine/stage/index.ts';
import { readSiteAddress } from '../site/site-address.ts';
import { builtBase, serveAsHost } from './serve-as-host.ts';

/** Serves dist, as a host would, until it is stopped. @throws BadPort, BadBase, BadOrigin, NothingBuilt, PortUnusable */
export const preview = async (root: string, port = '4321'): Promise<void> => {
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new PaperError('BadPort', `'${port}' is no port.`, {
      details: [`expected a whole number from 0 to 65535; received '${port}'`],
      hint: 'give one: `npm run preview -- --port 4322`.',
    });
  }
  readSiteAddress();
  const dist = join(root, 'dist');
  if (!statSync(dist, { throwIfNoEntry: false })?.isDirectory()) {
    throw new PaperError('NothingBuilt', 'there is no dist to serve.', {
      hint: 'run `npm run build` first.',
    });
  }
  const server = createServer(serveAsHost(dist));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(
        new PaperError('PortUnusable', `port ${port} cannot be used: ${cause.code}.`, {
          hint: 'give another one: `npm run preview -- --port 4322`.',
        }),
      );
    });
    server.listen(Number(port), () => resolve());
  });
  // Port 0 asks the system for a free one.
  const { port: served } = server.address() as AddressInfo;
  console.log(`dist is served at http://localhost:${served}${builtBase(dist)} until you press Ctrl+C`);
};
