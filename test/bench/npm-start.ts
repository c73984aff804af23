/** How long `npm start` takes until it says `ready`, on a store that is not there yet. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PROJECT_ROOT = join(__dirname, '../..');

/** @returns ms on the clock, npm's own time included */
export async function timeNpmStart(): Promise<number> {
  const store = mkdtempSync(join(tmpdir(), 'bench-store-'));
  const options = ['--store', store, '--port', String(await freePort())];
  const startedAt = performance.now();
  const child = spawn('npm', ['start', '--', ...options], {
    cwd: PROJECT_ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    // npm's children too are ended by a signal to the group.
    detached: true,
  });
  const exit = once(child, 'exit');
  try {
    await Promise.race([saysReady(child.stdout), exit.then(() => failed())]);
    return performance.now() - startedAt;
  } finally {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
    await exit;
    rmSync(store, { recursive: true, force: true });
  }
}

async function saysReady(output: NodeJS.ReadableStream): Promise<void> {
  let text = '';
  for await (const chunk of output) {
    text += String(chunk);
    if (/^ready$/m.test(text)) return;
  }
}

const failed = (): never => {
  throw new Error('npm start ended before it was ready');
};

/** Free a moment ago, and most likely the one after it too. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
