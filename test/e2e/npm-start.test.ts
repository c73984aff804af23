/** `npm start` as a person runs it: another process, its output, its signals, its store. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { scripts } from '../../package.json';
import { soon } from '../support/soon';

const ROOT = join(__dirname, '../..');

let store: string;
let running: ChildProcess | undefined;

beforeEach(() => {
  store = mkdtempSync(join(tmpdir(), 'issuesync-store-'));
});

afterEach(async () => {
  await stop();
  rmSync(store, { recursive: true });
});

interface Started {
  output: () => string;
  /** Answers of a resolver key, called as the site's admin. */
  invoke: (port: number, functionKey: string, payload: unknown) => Promise<unknown>;
}

/** Starts it and waits for the line `ready`. */
async function start(...options: string[]): Promise<Started> {
  // The script as npm runs it, so that the exit code is its own and not npm's.
  const child = spawn('sh', ['-c', `${scripts.start} "$@"`, 'sh', ...options], {
    cwd: ROOT,
    env: { ...process.env, PATH: `${ROOT}/node_modules/.bin:${process.env.PATH ?? ''}` },
  });
  running = child;
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (output += String(chunk)));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', () => {
      if (/^ready$/m.test(output)) resolve();
    });
    child.once('exit', (code) => reject(new Error(`ended with ${String(code)}:\n${output}`)));
  });
  return {
    output: () => output,
    invoke: async (port, functionKey, payload) => {
      const response = await fetch(`http://localhost:${port}/_sandbox/invoke`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ functionKey, payload }),
      });
      const { value } = (await response.json()) as { value: { value: unknown } };
      return value.value;
    },
  };
}

/** @returns the exit code */
async function stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null | undefined> {
  const child = running;
  running = undefined;
  if (child === undefined || child.exitCode !== null) return child?.exitCode;
  const exited = once(child, 'exit') as Promise<[number | null]>;
  child.kill(signal);
  return (await exited)[0];
}

/** Below those that the system gives to whoever asks for any (other tests do, all the time). */
const PORTS = { from: 20_000, to: 32_000 };

/** A port that is free, as the one after it. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(PORTS.from, PORTS.to);
    if ((await isFree(port)) && (await isFree(port + 1))) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const free = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
  if (free) await new Promise((resolve) => server.close(resolve));
  return free;
}

const DRAFT = { name: 'Kept', localUser: 'app', localKey: 'a key', passive: true };

test('it prints a line a site, then ready; a restart keeps the connections', async () => {
  const port = await freePort();
  const first = await start('--store', store, '--port', String(port), '--sites', 'west,east');
  expect(first.output()).toMatch(
    new RegExp(
      `west +http://localhost:${port}/admin\\neast +http://localhost:${port + 1}/admin\\nready`,
    ),
  );
  const added = await first.invoke(port, 'connections/add', DRAFT);
  const site = await first.invoke(port, 'site/describe', {});
  expect(await stop()).toBe(0);

  const second = await start('--store', store, '--port', String(port), '--sites', 'west,east');
  expect(await second.invoke(port, 'connections/list', {})).toEqual([added]);
  expect(await second.invoke(port, 'site/describe', {})).toEqual(site);
  expect(await second.invoke(port + 1, 'connections/list', {})).toEqual([]);
  expect(await stop('SIGINT')).toBe(0);
});

test('sites that are paired keep issues in step; a restart does not pair them again', async () => {
  const port = await freePort();
  const options = ['--store', store, '--port', String(port), '--sites', 'west,east', '--paired'];
  const first = await start(...options);
  const sides = [port, port + 1].map(
    (one) =>
      `  http://localhost:${one}/?project=DEMO  http://localhost:${one}/admin  contract DEMO is enabled`,
  );
  expect(first.output()).toContain(['paired west and east', ...sides, 'ready'].join('\n'));
  const rest = async (at: number, method: string, path: string, body: unknown) => {
    const response = await fetch(`http://localhost:${at}/rest/api/3/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.ok).toBe(true);
    return response.text();
  };
  const fields = { project: { key: 'DEMO' }, issuetype: { name: 'Bug' }, summary: 'From the west' };
  await rest(port, 'POST', 'issue', { fields });
  const query = { jql: 'project = DEMO', fields: ['summary'] };
  await soon(async () =>
    expect(await rest(port + 1, 'POST', 'search/jql', query)).toContain('From the west'),
  );
  expect(await stop()).toBe(0);

  const second = await start(...options);
  expect(second.output()).toContain(
    ['west and east are paired, as they were', ...sides, 'ready'].join('\n'),
  );
  for (const at of [port, port + 1]) {
    expect(await second.invoke(at, 'connections/list', {})).toHaveLength(1);
  }
});

test('a port that is taken is said plainly', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await expect(start('--memory', '--port', String(port))).rejects.toThrow(
    new RegExp(`Port ${port} is taken`),
  );
  server.close();
});

test('an option that does not exist is answered with those that do', async () => {
  await expect(start('--nonsense')).rejects.toThrow(/--nonsense[\s\S]*--latency MS/);
});
