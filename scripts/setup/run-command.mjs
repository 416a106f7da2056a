import { spawnSync } from 'node:child_process';
import { delimiter } from 'node:path';

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
 * Runs a command to its end. `found` is false when there is no such command.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env: NodeJS.ProcessEnv }} options
 * @returns {{ found: boolean, ok: boolean, output: string, lastLine: string }} lastLine: of what it complained
 */
export const runCommand = (command, args, { cwd, env }) => {
  const result = spawnSync(command, args, { cwd, env, encoding: 'utf8', maxBuffer: 2 ** 28 });
  const output = `${result.stdout ?? ''}${result.stderr ?? ''}`;
  const lines = (result.stderr?.trim() || output.trim()).split('\n');
  return {
    found: /** @type {NodeJS.ErrnoException | undefined} */ (result.error)?.code !== 'ENOENT',
    ok: result.status === 0,
    output,
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
