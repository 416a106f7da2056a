import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';
import { text } from 'node:stream/consumers';
import { forgetCommand, notedCommand } from './started-commands.mjs';

/**
 * The environment for commands outside the project: `npm run` puts the project's own Node first on the PATH,
 * and set-up must not depend on what it is about to replace.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export const outsideEnvironment = (env) => ({
  ...env,
  PATH: (env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .join(delimiter),
});

/**
 * Runs a command to its end, while others may run. `found` is false when there is no such command.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env: NodeJS.ProcessEnv, mayBeEnded?: boolean }} options mayBeEnded: by a later set-up, when
 *   this one was killed and the command goes on; otherwise it is waited for
 * @returns {Promise<{ found: boolean, ok: boolean, output: string, lastLine: string }>} lastLine: of what it complained
 */
export const runCommand = async (command, args, { cwd, env, mayBeEnded = true }) => {
  const [file, ...words] = notedCommand([command, ...args], mayBeEnded);
  const child = spawn(file, words, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, { found, ok }] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    /** @type {Promise<{ found: boolean, ok: boolean }>} */ (
      new Promise((resolve) => {
        child.on('error', (/** @type {NodeJS.ErrnoException} */ { code }) =>
          resolve({ found: code !== 'ENOENT', ok: false }),
        );
        // By the second number a shell says that there is no such command.
        child.on('close', (status) => resolve({ found: status !== 127, ok: status === 0 }));
      })
    ),
  ]);
  forgetCommand(child.pid);
  const lines = (stderr.trim() || stdout.trim()).split('\n');
  return {
    found,
    ok,
    output: `${stdout}${stderr}`,
    lastLine:
      lines
        .filter((line) => !line.includes('complete log'))
        .at(-1)
        ?.trim() ?? '',
  };
};

const networkSigns =
  /ENOTFOUND|ECONNREFUSED|EAI_AGAIN|E(RR_SOCKET_)?TIMEDOUT|ECONNRESET|ECONNABORTED|ENETUNREACH|EHOSTUNREACH|network|Connection (refused|error)|NewConnectionError|ConnectTimeoutError|Max retries|Temporary failure|Could not resolve|Failed to fetch/i;

/** @param {string} output of a package client */
export const speaksOfNetwork = (output) => networkSigns.test(output);

const refusalSigns =
  /\bE?(401|403|407)\b|ProxyError|Cannot connect to proxy|tunneling socket|certificate|CERT_|_CERT|SSL(Error|CertVerification)/i;

/**
 * The line in which a package client says that a registry, or a proxy before it, refused: who asks, or whom it trusts.
 * @param {string} output
 */
export const refusalIn = (output) =>
  output
    .split('\n')
    .find((line) => refusalSigns.test(line))
    ?.trim();
