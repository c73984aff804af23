/** What the endpoint answers to whom. The order of its checks has a test of its own. */
import { keyIdOf } from '../../src/wire/authentication-key';
import { LOCAL_USER_STATES } from '../../src/wire/messages';
import {
  CONNECTION,
  HERE,
  KEY,
  NOW,
  payloadOf,
  PING,
  PONG,
  PROBE_KEY,
  REMOTE,
  REQUEST_ID,
  signedRequest,
  testEndpoint,
  withHeaders,
} from '../support/wire-endpoint';

const problemOf = (response: { body: string }) => JSON.parse(response.body) as unknown;

test('ping says who is there, what it can do and how it is', async () => {
  const response = await testEndpoint().answer(signedRequest());
  expect(response.status).toBe(200);
  expect(response.headers).toEqual({ 'content-type': 'application/json' });
  expect(payloadOf(response)).toEqual(PONG);
});

test('a paused, passive connection still answers ping, and says so', async () => {
  const endpoint = testEndpoint({ paused: true, passive: true });
  const response = await endpoint.answer(signedRequest());
  expect(payloadOf(response)).toMatchObject({ status: 200, mode: 'passive', paused: true });
  expect(endpoint.calls).toContain('noteAccepted');
});

test.each(LOCAL_USER_STATES)('ping passes on that the Local User is %s', async (state) => {
  const asked: string[] = [];
  const endpoint = testEndpoint(
    {},
    {
      localUserState: (connectionId) => {
        asked.push(connectionId);
        return Promise.resolve(state);
      },
    },
  );
  expect(payloadOf(await endpoint.answer(signedRequest()))).toMatchObject({ localUser: state });
  expect(asked).toEqual([CONNECTION]);
});

test('the first ping may leave out to', async () => {
  const response = await testEndpoint().answer(signedRequest({ ...PING, to: undefined }));
  expect(payloadOf(response)).toMatchObject({ status: 200, to: REMOTE });
});

test('fields that are not known are ignored', async () => {
  const response = await testEndpoint().answer(signedRequest({ ...PING, later: { more: true } }));
  expect(response.status).toBe(200);
});

test.each([
  ['its own connection', KEY],
  ['a probe key', PROBE_KEY],
])('a site may ping itself with the key of %s: nothing is learned or noted', async (_, key) => {
  const endpoint = testEndpoint();
  const response = await endpoint.answer(signedRequest({ ...PING, from: HERE }, { key }));
  expect(payloadOf(response, key)).toMatchObject({ status: 200, from: HERE, to: HERE });
  expect(endpoint.calls).toEqual(['findCaller', 'hmac', 'hmac']);
});

test('a probe key is of no use to another site, nor for another op', async () => {
  const endpoint = testEndpoint();
  const foreign = await endpoint.answer(signedRequest(PING, { key: PROBE_KEY }));
  expect(payloadOf(foreign, PROBE_KEY)).toMatchObject({ status: 409, code: 'wrong-site' });
  const exchange = { ...PING, op: 'exchange', from: HERE };
  const other = await endpoint.answer(signedRequest(exchange, { key: PROBE_KEY }));
  expect(payloadOf(other, PROBE_KEY)).toMatchObject({ status: 403, code: 'self' });
  expect(endpoint.calls).not.toContain('noteAccepted');
});

test('the remote site is confirmed for this connection before anything is said', async () => {
  const confirmed: [string, string][] = [];
  const endpoint = testEndpoint(
    {},
    {
      confirmRemoteSite: (...parameters) => {
        confirmed.push(parameters);
        return Promise.resolve(false);
      },
    },
  );
  const response = await endpoint.answer(signedRequest());
  expect(confirmed).toEqual([[CONNECTION, REMOTE]]);
  // `from` tells the caller which site it has reached.
  expect(payloadOf(response)).toEqual({
    protocol: 1,
    kind: 'answer',
    status: 409,
    from: HERE,
    to: REMOTE,
    code: 'wrong-site',
    title: expect.any(String) as string,
  });
  expect(endpoint.calls).not.toContain('localUserState');
});

test('paused says when to come back, in the header and in the payload', async () => {
  const response = await testEndpoint({ paused: true }).answer(
    signedRequest({ ...PING, op: 'exchange' }),
  );
  expect(response.status).toBe(503);
  expect(response.headers['retry-after']).toBe('300');
  expect(payloadOf(response)).toMatchObject({ code: 'paused', retryAfter: 300 });
});

test('another protocol is told which ones there are', async () => {
  const response = await testEndpoint().answer(signedRequest({ ...PING, protocol: 2 }));
  expect(payloadOf(response)).toMatchObject({ code: 'protocol', status: 409, protocols: [1] });
});

test.each([
  ['no object', '[]'],
  ['null', 'null'],
  ['a protocol in quotes', { ...PING, protocol: '1' }],
  ['no kind', { ...PING, kind: undefined }],
  ['an answer', { ...PING, kind: 'answer' }],
  ['no op', { ...PING, op: undefined }],
  ['no from', { ...PING, from: undefined }],
  ['a from that is no id', { ...PING, from: 'a b' }],
  ['a from that is too long', { ...PING, from: 'a'.repeat(129) }],
  ['a to that is no id', { ...PING, to: '' }],
])('%s is no request, and the signed refusal has nobody to address', async (_, body) => {
  const payload = payloadOf(await testEndpoint().answer(signedRequest(body)));
  expect(payload).toMatchObject({ code: 'bad-request', status: 400, from: HERE });
  expect(payload).not.toHaveProperty('to');
});

test.each([
  ['an id with a dot', { 'Webhook-Id': ['a.b'] }],
  ['an empty id', { 'Webhook-Id': [''] }],
  ['an id that is too long', { 'Webhook-Id': ['a'.repeat(129)] }],
  ['two ids', { 'Webhook-Id': ['a', 'b'] }],
  ['an id in two spellings of the header', { 'WEBHOOK-ID': [REQUEST_ID] }],
  ['no timestamp', { 'Webhook-Timestamp': undefined }],
  ['a timestamp with a fraction', { 'Webhook-Timestamp': [`${NOW / 1000}.5`] }],
  ['a timestamp with a leading zero', { 'Webhook-Timestamp': [`0${NOW / 1000}`] }],
  ['a timestamp that is no number', { 'Webhook-Timestamp': ['now'] }],
  ['a negative timestamp', { 'Webhook-Timestamp': ['-1'] }],
  ['no signature', { 'Webhook-Signature': [] }],
  ['a signature without its version', { 'Webhook-Signature': [`${'A'.repeat(43)}=`] }],
  ['another version', { 'Webhook-Signature': [`v2,${'A'.repeat(43)}=`] }],
  ['a signature that is too short', { 'Webhook-Signature': ['v1,AAAA'] }],
  [
    'two signatures in one',
    { 'Webhook-Signature': [`v1,${'A'.repeat(43)}= v1,${'B'.repeat(43)}=`] },
  ],
  ['two signatures', { 'Webhook-Signature': [`v1,${'A'.repeat(43)}=`, `v1,${'B'.repeat(43)}=`] }],
  ['no key id', { 'IssueSYNC-Key': undefined }],
  ['a key id in capitals', { 'IssueSYNC-Key': [keyIdOf(KEY).toUpperCase()] }],
  ['a key id that is too long', { 'IssueSYNC-Key': [`${keyIdOf(KEY)}00`] }],
])('%s: bad-headers, without any I/O', async (_, headers) => {
  const endpoint = testEndpoint();
  const response = await endpoint.answer(withHeaders(signedRequest(), headers));
  expect(response).toMatchObject({
    status: 400,
    headers: { 'content-type': 'application/problem+json' },
  });
  expect(problemOf(response)).toMatchObject({
    type: 'urn:issuesync:problem:bad-headers',
    code: 'bad-headers',
  });
  expect(endpoint.calls).toEqual([]);
});

test('header names in any case, parameters and a signature split at its comma are fine', async () => {
  const { headers, ...request } = signedRequest();
  const upperCase = Object.fromEntries(
    Object.entries(headers).map(([name, values]) => [name.toUpperCase(), values]),
  );
  const [signature = ''] = headers['Webhook-Signature'] ?? [];
  const response = await testEndpoint().answer({
    ...request,
    headers: {
      ...upperCase,
      'CONTENT-TYPE': ['Application/JSON; charset=utf-8'],
      'WEBHOOK-SIGNATURE': signature.split(','),
    },
  });
  expect(response.status).toBe(200);
});

test.each([['text/plain'], ['application/jsonp'], ['application/problem+json'], ['']])(
  'content type %p is refused',
  async (contentType) => {
    const request = withHeaders(signedRequest(), { 'Content-Type': [contentType] });
    expect((await testEndpoint().answer(request)).status).toBe(415);
  },
);

test('a method that is not POST is told which one is', async () => {
  for (const method of ['GET', 'PUT', 'HEAD', 'post', '']) {
    const response = await testEndpoint().answer({ ...signedRequest(), method });
    expect(response).toMatchObject({ status: 405, headers: { allow: 'POST' } });
  }
});

test('4 MiB are accepted, one byte more is not', async () => {
  const json = JSON.stringify(PING);
  const ofSize = (size: number) => signedRequest(json + ' '.repeat(size - json.length));
  expect((await testEndpoint().answer(ofSize(4 * 1024 * 1024))).status).toBe(200);
  expect((await testEndpoint().answer(ofSize(4 * 1024 * 1024 + 1))).status).toBe(413);
});

test('timestamps are accepted up to 5 minutes away on both sides; beyond, the time is told', async () => {
  for (const offset of [-300_000, 0, 300_000]) {
    const request = signedRequest(PING, { at: NOW + offset });
    expect((await testEndpoint().answer(request)).status).toBe(200);
  }
  for (const offset of [-301_000, 301_000, 600_000]) {
    const response = await testEndpoint().answer(signedRequest(PING, { at: NOW + offset }));
    expect(response.status).toBe(401);
    expect(problemOf(response)).toMatchObject({ code: 'stale-timestamp', now: NOW });
  }
});

test('an unknown key and a wrong signature are the same answer for the same price', async () => {
  const unknown = testEndpoint();
  const unknownAnswer = await unknown.answer(signedRequest(PING, { key: 'nobody knows this' }));
  const wrong = testEndpoint();
  const wrongAnswer = await wrong.answer({ ...signedRequest(), body: JSON.stringify([]) });
  expect(unknownAnswer.status).toBe(401);
  expect(wrongAnswer).toEqual(unknownAnswer);
  expect(unknown.calls).toEqual(['findCaller', 'hmac']);
  expect(wrong.calls).toEqual(unknown.calls);
});

test('who guesses the secret that stands in for unknown keys is still unknown', async () => {
  const key = `whsec_${Buffer.alloc(32).toString('base64')}`;
  expect((await testEndpoint().answer(signedRequest(PING, { key }))).status).toBe(401);
});

test('the same request twice is answered twice', async () => {
  const endpoint = testEndpoint();
  const first = await endpoint.answer(signedRequest());
  expect(await endpoint.answer(signedRequest())).toEqual(first);
});

test.each(['findCaller', 'confirmRemoteSite', 'noteAccepted', 'localUserState'] as const)(
  'what %s throws is thrown, not answered',
  async (port) => {
    const failing = () => Promise.reject(new Error('the store is down'));
    const endpoint = testEndpoint({}, { [port]: failing });
    await expect(endpoint.answer(signedRequest())).rejects.toThrow('the store is down');
  },
);
