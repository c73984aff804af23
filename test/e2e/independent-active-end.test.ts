/**
 * Another end, written against docs/wire.md alone: an agent beside a Jira behind a firewall, say. It has
 * no endpoint; it calls a passive site. Nothing here comes from the app.
 */
import { createHash, createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { Sandbox } from '../../sandbox';

type Json = Record<string, unknown>;

/** The two ids and the key that an active end has to keep. */
interface End {
  siteId: string;
  url: string;
  key: string;
  /** Learned at the first contact. */
  remoteSiteId?: string;
}

const keyIdOf = (key: string): string =>
  createHash('sha256').update(`issuesync-key-id:${key}`).digest('hex').slice(0, 32);

function secretOf(key: string): Buffer {
  const [, encoded = ''] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(key) ?? [];
  const bytes = Buffer.from(encoded, 'base64');
  const isCanonical = encoded !== '' && bytes.toString('base64') === encoded;
  return isCanonical && bytes.length >= 24 && bytes.length <= 64 ? bytes : Buffer.from(key, 'utf8');
}

const sign = (key: string, ...parts: string[]): string =>
  `v1,${createHmac('sha256', secretOf(key)).update(parts.join('.')).digest('base64')}`;

/** Sends one request; the verified payload comes back, or an error that says what did not verify. */
async function request(end: End, op: string, fields: Json = {}): Promise<Json> {
  const id = randomUUID();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const { siteId: from, remoteSiteId: to } = end;
  const body = JSON.stringify({ protocol: 1, kind: 'request', op, from, to, ...fields });
  const response = await fetch(end.url, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': sign(end.key, id, timestamp, body),
      'issuesync-key': keyIdOf(end.key),
    },
    body,
  });
  const envelope = (await response.json()) as Json;
  if (typeof envelope.payload !== 'string') throw new Error(`unsigned: ${String(envelope.code)}`);
  if (envelope.id !== id) throw new Error('answers another request');
  const expected = Buffer.from(sign(end.key, id, String(envelope.timestamp), envelope.payload));
  const given = Buffer.from(String(envelope.signature));
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) {
    throw new Error('wrong signature');
  }
  const payload = JSON.parse(envelope.payload) as Json;
  if (payload.kind !== 'answer' || payload.from === from) throw new Error('reflected');
  if (payload.to !== from) throw new Error('addressed to another site');
  if (payload.status !== response.status) throw new Error('changed status');
  end.remoteSiteId ??= String(payload.from);
  return payload;
}

let sandbox: Sandbox;
let base: string;

beforeEach(async () => {
  sandbox = await Sandbox.start({ sites: ['north'], clock: 'real' });
  base = sandbox.site('north').url;
});

afterEach(() => sandbox.dispose());

/** What the admin of the passive site does on the admin page. */
async function invoke(functionKey: string, payload: Json = {}): Promise<unknown> {
  const response = await fetch(`${base}/_sandbox/invoke`, {
    method: 'POST',
    body: JSON.stringify({ functionKey, payload }),
  });
  const { value } = (await response.json()) as { value: { ok: boolean; value: unknown } };
  if (!value.ok) throw new Error(`${functionKey}: ${JSON.stringify(value)}`);
  return value.value;
}

/** The admins have paired: one typed the connection, the other got URL and key. */
async function pair(key: string): Promise<{ end: End; connection: string }> {
  const found = await fetch(`${base}/rest/api/3/user/search?query=sync@north.example`);
  const [user] = (await found.json()) as { accountId: string }[];
  const draft = {
    name: 'Behind the firewall',
    localUser: { accountId: user?.accountId },
    localKey: key,
    passive: true,
  };
  const { id } = (await invoke('connections/add', draft)) as { id: string };
  const { endpointUrl } = (await invoke('site/describe')) as { endpointUrl: string };
  // On the real platform this host is reached by its name; here it is the local server.
  const url = `${base}${new URL(endpointUrl).pathname}`;
  return { end: { siteId: randomUUID(), url, key }, connection: id };
}

const connections = () => invoke('connections/list') as Promise<Json[]>;

test.each([
  ['generated', `whsec_${randomBytes(32).toString('base64')}`],
  ['typed', 'Pa$$w0rd like'],
  ['beyond ASCII', 'Schlüssel für Zürich 鍵🔑'],
])('an active end pairs with a passive site by a key that is %s', async (_, key) => {
  const { end, connection } = await pair(key);
  expect(await connections()).toEqual([
    expect.not.objectContaining({ lastAcceptedAt: expect.anything() as unknown }),
  ]);

  const before = Date.now();
  const first = await request(end, 'ping');
  const expected = {
    op: 'ping',
    status: 200,
    protocols: [1],
    ops: ['ping', 'exchange', 'describe'],
    mode: 'passive',
  };
  expect(first).toMatchObject({ ...expected, paused: false, localUser: 'ok' });
  expect(Math.abs(Number(first.now) - before)).toBeLessThan(10_000);
  // From now on the request names the site that it is for.
  expect(await request(end, 'ping')).toMatchObject({ ...expected, from: end.remoteSiteId });

  await invoke('connections/pause', { id: connection });
  expect(await request(end, 'ping')).toMatchObject({ status: 200, paused: true });
  const refused = await request(end, 'exchange');
  expect(refused).toMatchObject({ status: 503, code: 'paused' });
  expect(refused.retryAfter).toBeGreaterThan(0);

  await invoke('connections/resume', { id: connection });
  expect(await request(end, 'telepathy')).toMatchObject({ status: 400, code: 'unknown-op' });
  expect(await request(end, 'exchange')).toMatchObject({ status: 400, code: 'bad-request' });
  const nothing = { results: [], messages: [], want: 20 };
  expect(await request(end, 'exchange', nothing)).toMatchObject({
    status: 200,
    results: [],
    messages: [],
    more: false,
    mode: 'passive',
  });

  const [seen] = await connections();
  expect(Date.parse(String(seen?.lastAcceptedAt))).toBeGreaterThanOrEqual(before);
  const report = (await invoke('connections/test', { id: connection })) as Record<string, Json[]>;
  expect(report.internal?.map(({ status }) => status)).toEqual(Array(8).fill('passed'));
  expect(report.remote).toEqual([
    expect.objectContaining({
      status: 'skipped',
      detail: expect.stringMatching(/passive/) as string,
    }),
  ]);
});

test('the passive site knows its partner by key and by site', async () => {
  const { end } = await pair('Pa$$w0rd like');
  await expect(request({ ...end, key: 'another' }, 'ping')).rejects.toThrow('unauthenticated');
  await request(end, 'ping');
  const moved = await request({ ...end, siteId: randomUUID() }, 'ping');
  expect(moved).toMatchObject({ status: 409, code: 'wrong-site', from: end.remoteSiteId });
  const misled = await request({ ...end, remoteSiteId: randomUUID() }, 'ping');
  expect(misled).toMatchObject({ status: 409, code: 'wrong-site', from: end.remoteSiteId });
});
