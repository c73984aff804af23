/** Calling a remote: what is sent, and how each thing that can come back is told. */
import { Webhook } from 'standardwebhooks';
import { keyIdOf } from '../../src/wire/authentication-key';
import {
  ping,
  type PingOutcome,
  type RemoteOptions,
  type TransportResult,
} from '../../src/wire/client';
import type { Caller, EndpointPorts, WireRequest } from '../../src/wire/endpoint';
import { SIGNED_REFUSALS } from '../../src/wire/messages';
import { hmacSha256 } from '../../src/wire/signature';
import {
  HERE,
  KEY,
  NOW,
  PONG,
  REMOTE,
  signedEnvelope,
  testEndpoint,
} from '../support/wire-endpoint';

// The caller is REMOTE to the endpoint of the fixture, and the endpoint is its remote.
const OPTIONS: RemoteOptions = {
  url: 'https://a.example/public/x',
  key: KEY,
  siteId: REMOTE,
  remoteSiteId: HERE,
  timeoutMs: 10_000,
};

interface Sent {
  url: string;
  headers: Record<string, string>;
  body: string;
  timeoutMs: number;
}

/** Pings whatever `respond` is. */
async function pingTo(
  respond: (sent: Sent, attempt: number) => TransportResult | Promise<TransportResult>,
  options: Partial<RemoteOptions> = {},
  now: () => number = () => NOW,
): Promise<{ outcome: PingOutcome; sent: Sent[] }> {
  const sent: Sent[] = [];
  const outcome = await ping(
    { ...OPTIONS, ...options },
    {
      now,
      newId: () => `id-${sent.length + 1}`,
      hmac: hmacSha256,
      transport: {
        post: async (url, headers, body, timeoutMs) => {
          const request = { url, headers, body, timeoutMs };
          sent.push(request);
          return respond(request, sent.length);
        },
      },
    },
  );
  return { outcome, sent };
}

const asWireRequest = ({ headers, body }: Sent): WireRequest => ({
  method: 'POST',
  headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
  body,
});

/** The real endpoint. */
const endpointTransport =
  (caller: Partial<Caller> = {}, ports: Partial<EndpointPorts> = {}) =>
  async (sent: Sent): Promise<TransportResult> => ({
    kind: 'response',
    ...(await testEndpoint(caller, ports).answer(asWireRequest(sent))),
  });

const response = (body: string, status = 200, contentType = 'application/json') =>
  ({ kind: 'response', status, headers: { 'content-type': contentType }, body }) as const;

interface Forgery {
  id?: string;
  key?: string;
  payload?: string;
  status?: number;
}

/** An answer to `sent` by someone who has the key, made right or wrong in any one way. */
function forged(
  { headers }: Sent,
  changes: Record<string, unknown> = {},
  { id = headers['webhook-id'] ?? '', key = KEY, payload, status = 200 }: Forgery = {},
): TransportResult {
  const text = payload ?? JSON.stringify({ ...PONG, ...changes });
  const envelope = signedEnvelope(text, { id, key });
  return response(JSON.stringify(envelope), status);
}

describe('what is sent', () => {
  test('a signed ping that an independent implementation verifies', async () => {
    const { sent } = await pingTo(endpointTransport());
    const [request] = sent;
    if (request === undefined) throw new Error('nothing was sent');
    expect(request).toMatchObject({ url: OPTIONS.url, timeoutMs: 10_000 });
    expect(Object.keys(request.headers).sort()).toEqual([
      'content-type',
      'issuesync-key',
      'webhook-id',
      'webhook-signature',
      'webhook-timestamp',
    ]);
    jest.useFakeTimers({ now: NOW });
    expect(new Webhook(KEY).verify(request.body, request.headers)).toEqual({
      protocol: 1,
      kind: 'request',
      op: 'ping',
      from: REMOTE,
      to: HERE,
    });
    jest.useRealTimers();
  });

  test('no to before the remote is known', async () => {
    const { sent, outcome } = await pingTo(endpointTransport(), { remoteSiteId: undefined });
    expect(sent[0]?.body).not.toContain('"to"');
    expect(outcome).toMatchObject({ kind: 'answer', siteId: HERE });
  });
});

describe('an answer', () => {
  test('is what the remote says, and which site it is', async () => {
    const { outcome } = await pingTo(endpointTransport({ paused: true, passive: true }));
    expect(outcome).toMatchObject({
      kind: 'answer',
      answer: { mode: 'passive', paused: true, localUser: 'ok', protocols: [1] },
      siteId: HERE,
      usedPreviousKey: false,
      clockSkewMs: 0,
    });
  });

  test('of ourselves is one when we asked ourselves', async () => {
    const { outcome } = await pingTo(endpointTransport(), { siteId: HERE });
    expect(outcome).toMatchObject({ kind: 'answer', siteId: HERE });
  });

  test.each([
    ['ahead', 90_000],
    ['behind', -90_000],
  ])('tells how far the clock there is %s: %d ms', async (_, skew) => {
    // Four seconds pass while the request is on its way; the remote looks at its clock half-way.
    let time = NOW - 2_000;
    const { outcome } = await pingTo(
      async (sent) => {
        time += 4_000;
        return endpointTransport({}, { now: () => NOW + skew })(sent);
      },
      {},
      () => time,
    );
    expect(outcome).toMatchObject({ kind: 'answer', clockSkewMs: skew });
  });

  test('counts with the status of its payload, whatever became of that of HTTP', async () => {
    const { outcome } = await pingTo((sent) => forged(sent, {}, { status: 502 }));
    expect(outcome).toMatchObject({ kind: 'answer' });
  });
});

describe('a signed refusal', () => {
  test.each(Object.entries(SIGNED_REFUSALS))('%s', async (code, { status, title }) => {
    const { outcome } = await pingTo((sent) =>
      forged(sent, { op: undefined, status, code, title }),
    );
    expect(outcome).toMatchObject({ kind: 'refused', code, status, siteId: HERE });
  });

  test('of the real endpoint: another site than the one that we know', async () => {
    const other = '33333333-cccc-4ccc-8ccc-333333333333';
    const { outcome } = await pingTo(endpointTransport(), { remoteSiteId: other });
    expect(outcome).toMatchObject({ kind: 'refused', code: 'wrong-site', siteId: HERE });
  });

  test('says when to come back', async () => {
    const refusal = { status: 503, code: 'paused', title: 'Paused.', retryAfter: 300 };
    const { outcome } = await pingTo((sent) => forged(sent, refusal));
    expect(outcome).toMatchObject({ kind: 'refused', retryAfterSeconds: 300 });
  });

  test('says which protocols are spoken', async () => {
    const refusal = { protocol: 2, status: 409, code: 'protocol', title: '', protocols: [2, 3] };
    const { outcome } = await pingTo((sent) => forged(sent, refusal));
    expect(outcome).toMatchObject({ kind: 'refused', code: 'protocol', protocols: [2, 3] });
  });

  test.each([
    ['in another protocol', { protocol: 2, protocols: undefined }],
    ['that does not speak ours', { protocols: [2] }],
  ])('is what an answer %s is as good as', async (_, changes) => {
    const { outcome } = await pingTo((sent) => forged(sent, changes));
    expect(outcome).toMatchObject({ kind: 'refused', code: 'protocol', protocols: [2] });
  });

  test('need not be addressed when our request could not be read', async () => {
    const refusal = { status: 400, code: 'bad-json', title: '', to: undefined };
    const { outcome } = await pingTo((sent) => forged(sent, refusal));
    expect(outcome).toMatchObject({ kind: 'refused', code: 'bad-json' });
  });
});

describe('an unsigned refusal is a hint', () => {
  test('our clock is off: the time there is told', async () => {
    const { outcome } = await pingTo(endpointTransport({}, { now: () => NOW + 600_000 }));
    expect(outcome).toEqual({
      kind: 'refused-unsigned',
      code: 'stale-timestamp',
      status: 401,
      now: NOW + 600_000,
    });
  });

  test('our key is not known', async () => {
    const { outcome, sent } = await pingTo(endpointTransport(), { key: 'a wrong one' });
    expect(outcome).toEqual({ kind: 'refused-unsigned', code: 'unauthenticated', status: 401 });
    expect(sent).toHaveLength(1);
  });
});

describe('the previous key', () => {
  const rotated = { key: 'the new one', previousKey: KEY };

  test('is tried once when the current one is not known, with a new id and the time left', async () => {
    let time = NOW;
    const { outcome, sent } = await pingTo(
      (request) => {
        time += 3_000;
        return endpointTransport()(request);
      },
      rotated,
      () => time,
    );
    expect(outcome).toMatchObject({ kind: 'answer', usedPreviousKey: true });
    expect(sent.map(({ headers }) => headers['issuesync-key'])).toEqual([
      keyIdOf('the new one'),
      keyIdOf(KEY),
    ]);
    expect(sent.map(({ headers }) => headers['webhook-id'])).toEqual(['id-1', 'id-2']);
    expect(sent.map(({ timeoutMs }) => timeoutMs)).toEqual([10_000, 7_000]);
  });

  test('is not tried when the current one is known', async () => {
    const { outcome, sent } = await pingTo(endpointTransport(), { previousKey: 'the old one' });
    expect(outcome).toMatchObject({ kind: 'answer', usedPreviousKey: false });
    expect(sent).toHaveLength(1);
  });

  test('is not tried for any other refusal, nor when no time is left', async () => {
    const stale = await pingTo(endpointTransport({}, { now: () => 0 }), rotated);
    expect(stale.sent).toHaveLength(1);
    let time = NOW;
    const late = await pingTo(
      (request) => {
        time += 10_000;
        return endpointTransport()(request);
      },
      rotated,
      () => time,
    );
    expect(late.sent).toHaveLength(1);
  });

  test.each<[string, TransportResult]>([
    ['not known either', response('gone', 404)],
    ['not answered', { kind: 'timed-out' }],
    ['answered by a stranger', response('<html>', 200, 'text/html')],
  ])('%s: that the current one is not accepted is all that is known', async (_, second) => {
    const { outcome } = await pingTo(
      (sent, attempt) => (attempt === 1 ? endpointTransport()(sent) : second),
      rotated,
    );
    expect(outcome).toMatchObject({ kind: 'refused-unsigned', code: 'unauthenticated' });
  });

  test('may lead to a signed refusal', async () => {
    const { outcome } = await pingTo(
      endpointTransport({}, { confirmRemoteSite: () => Promise.resolve(false) }),
      rotated,
    );
    expect(outcome).toMatchObject({ code: 'wrong-site', usedPreviousKey: true });
  });
});

describe('no answer', () => {
  test.each([{ kind: 'blocked' }, { kind: 'unreachable' }, { kind: 'timed-out' }] as const)(
    '$kind',
    async (result) => {
      expect((await pingTo(() => result)).outcome).toEqual(result);
    },
  );

  test.each([
    ['uninstalled there', 424, '{"message":"not installed"}'],
    ['nothing there', 404, 'Not Found'],
    ['an error of the platform', 500, ''],
    ['a redirect to a login page', 302, '<html>'],
    ['a login page with its proper status', 401, '<html>'],
    ['a problem document of somebody else', 403, '{"type":"about:blank","status":403}'],
  ])('%s: status %d', async (_, status, body) => {
    const { outcome } = await pingTo(() => response(body, status));
    expect(outcome).toEqual({ kind: 'http-status', status });
  });

  test.each([
    ['html', 'a page', 'text/html; charset=utf-8'],
    ['html', ' <!DOCTYPE html><title>Log in</title>', 'text/plain'],
    ['json', '{"ok":true}', 'application/json'],
    ['json', 'null', 'application/json'],
    ['other', 'OK', 'text/plain'],
    ['other', '', ''],
  ])('something else succeeds: %s', async (looksLike, body, contentType) => {
    const { outcome } = await pingTo(() => response(body, 200, contentType));
    expect(outcome).toEqual({ kind: 'not-issuesync', status: 200, looksLike });
  });
});

describe('an answer that does not verify is no answer', () => {
  const cases: [string, string, (sent: Sent) => TransportResult][] = [
    ['a bare payload', 'unsigned', () => response(JSON.stringify({ kind: 'answer' }))],
    [
      'an envelope without signature',
      'unsigned',
      ({ headers }) => response(JSON.stringify({ id: headers['webhook-id'], payload: '{}' })),
    ],
    ['another key', 'wrong-signature', (sent) => forged(sent, {}, { key: 'another' })],
    [
      'an old answer under our id',
      'wrong-signature',
      (sent) => {
        const old = forged(sent, {}, { id: 'id-0' });
        if (old.kind !== 'response') return old;
        return { ...old, body: old.body.replace('"id":"id-0"', '"id":"id-1"') };
      },
    ],
    ['an old answer', 'other-request', (sent) => forged(sent, {}, { id: 'id-0' })],
    ['an answer to another site', 'other-request', (sent) => forged(sent, { to: 'another' })],
    ['an answer to nobody', 'other-request', (sent) => forged(sent, { to: undefined })],
    [
      'a refusal to nobody, of a request that was read',
      'other-request',
      (sent) => forged(sent, { to: undefined, status: 503, code: 'paused', title: '' }),
    ],
    ['our request', 'reflected', ({ body }) => response(body)],
    [
      'our request with its signature, as an envelope',
      'reflected',
      ({ headers, body }) =>
        response(
          JSON.stringify({
            id: headers['webhook-id'],
            timestamp: Number(headers['webhook-timestamp']),
            signature: headers['webhook-signature'],
            payload: body,
          }),
        ),
    ],
    ['our own site', 'own-site', (sent) => forged(sent, { from: REMOTE })],
    ['a payload that is no JSON', 'malformed', (sent) => forged(sent, {}, { payload: '{' })],
    ['a payload that is no object', 'malformed', (sent) => forged(sent, {}, { payload: '1' })],
    ['a field that is missing', 'malformed', (sent) => forged(sent, { paused: undefined })],
    ['the answer to another op', 'malformed', (sent) => forged(sent, { op: 'describe' })],
    ['a status that is not known', 'malformed', (sent) => forged(sent, { status: 201 })],
    [
      'a code that is not known',
      'malformed',
      (sent) => forged(sent, { status: 400, code: 'no-idea', title: '' }),
    ],
    [
      'an envelope of the wrong types',
      'malformed',
      () => response(JSON.stringify({ id: 1, timestamp: '1', signature: 's', payload: '{}' })),
    ],
  ];

  test.each(cases)('%s: %s', async (_, reason, respond) => {
    const { outcome } = await pingTo(respond);
    expect(outcome).toEqual({ kind: 'not-verified', reason });
  });
});
