/** docs/wire-vectors.json: made independently, true to `standardwebhooks`, and kept by the app. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import {
  generateKey,
  hmacSecretOf,
  keyIdOf,
  normalizeKey,
} from '../../src/wire/authentication-key';
import { answerRequest } from '../../src/wire/endpoint';
import { pingAnswerSchema } from '../../src/wire/messages';
import { readAnswer } from '../../src/wire/read-answer';
import { hmacSha256, sign, verifySignature } from '../../src/wire/signature';
import { HERE, NOW, payloadOf, REMOTE, testEndpoint } from '../support/wire-endpoint';
import { wireVectors } from '../support/wire-vectors';

const text = readFileSync(join(__dirname, '../../docs/wire-vectors.json'), 'utf8');
const vectors = z
  .object({
    keys: z.array(
      z.object({
        note: z.string(),
        typed: z.string(),
        key: z.string(),
        keyId: z.string(),
        secretIs: z.enum(['base64', 'text']),
        secretHex: z.string(),
      }),
    ),
    signatures: z.array(
      z.object({
        note: z.string(),
        key: z.string(),
        id: z.string(),
        timestamp: z.number(),
        content: z.string(),
        signature: z.string(),
      }),
    ),
    exchanges: z.array(
      z.object({
        note: z.string(),
        key: z.string(),
        request: z.object({
          method: z.string(),
          headers: z.record(z.string(), z.string()),
          body: z.string(),
        }),
        response: z.object({ status: z.number(), body: z.string() }),
      }),
    ),
  })
  .parse(JSON.parse(text));

beforeEach(() => jest.useFakeTimers({ now: NOW }));
afterEach(() => jest.useRealTimers());

test('the file is what its generator writes', () => {
  expect(text).toBe(wireVectors());
});

test.each(vectors.keys)('key: $note', ({ typed, key, keyId, secretHex }) => {
  expect(normalizeKey(typed)).toBe(key);
  expect(keyIdOf(key)).toBe(keyId);
  expect(hmacSecretOf(key).toString('hex')).toBe(secretHex);
});

test.each(vectors.keys.filter(({ secretIs }) => secretIs === 'base64'))(
  'standardwebhooks takes the key as it is: $note',
  ({ key }) => {
    const parts = { id: 'msg_1', timestamp: NOW / 1000, content: '{}' };
    const signature = sign(hmacSha256, hmacSecretOf(key), parts);
    expect(new Webhook(key).sign('msg_1', new Date(NOW), '{}')).toBe(signature);
  },
);

test('standardwebhooks in its own format is no oracle for the other keys', () => {
  const own = (note: string) => {
    const { key } = vectors.keys.find((vector) => vector.note.startsWith(note)) ?? { key: '' };
    return () => new Webhook(key);
  };
  expect(own('a password')).toThrow();
  expect(own('the prefix alone')).toThrow();
  // It takes what is shorter than the standard allows; here that is text.
  expect(own('23 bytes')).not.toThrow();
});

test.each(vectors.signatures)('signature: $note', ({ key, id, timestamp, content, signature }) => {
  const parts = { id, timestamp, content };
  const secret = hmacSecretOf(key);
  const oracle = new Webhook(secret, { format: 'raw' });
  expect(oracle.sign(id, new Date(timestamp * 1000), content)).toBe(signature);
  expect(sign(hmacSha256, secret, parts)).toBe(signature);
  expect(verifySignature(hmacSha256, secret, parts, signature)).toBe(true);
});

test.each(vectors.signatures)(
  'standardwebhooks verifies what we sign: $note',
  ({ key, content }) => {
    const secret = hmacSecretOf(key);
    const timestamp = NOW / 1000;
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(timestamp),
      'webhook-signature': sign(hmacSha256, secret, { id: 'msg_1', timestamp, content }),
    };
    const oracle = new Webhook(secret, { format: 'raw' });
    expect(() => oracle.verify(content, headers)).not.toThrow();
    expect(() => oracle.verify(`${content} `, headers)).toThrow();
  },
);

test('a signature of anything else is wrong', () => {
  const secret = hmacSecretOf(generateKey((size) => Buffer.alloc(size, 1)));
  const parts = { id: 'a', timestamp: 1, content: 'x' };
  const signature = sign(hmacSha256, secret, parts);
  for (const other of [{ id: 'b' }, { timestamp: 2 }, { content: 'y' }]) {
    expect(verifySignature(hmacSha256, secret, { ...parts, ...other }, signature)).toBe(false);
  }
  expect(verifySignature(hmacSha256, Buffer.from('other'), parts, signature)).toBe(false);
  expect(verifySignature(hmacSha256, secret, parts, signature.slice(0, -1))).toBe(false);
  expect(verifySignature(hmacSha256, secret, parts, '')).toBe(false);
});

test('a generated key is the standard form of 32 random bytes', () => {
  const key = generateKey((size) => Buffer.alloc(size, 0xa5));
  expect(key).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(hmacSecretOf(key)).toEqual(Buffer.alloc(32, 0xa5));
});

test.each(vectors.exchanges)(
  'exchange, as the endpoint: $note',
  async ({ key, request, response }) => {
    const endpoint = testEndpoint({ key, passive: true });
    const caller = { key, connectionId: 'c', paused: false, passive: true };
    const answer = await answerRequest(
      {
        ...request,
        headers: Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, [value]]),
        ),
      },
      { ...endpoint.ports, findCaller: () => Promise.resolve(caller) },
    );
    const id = request.headers['webhook-id'] ?? '';
    expect(answer.status).toBe(response.status);
    expect(payloadOf(answer, key, id)).toEqual(payloadOf({ ...response, headers: {} }, key, id));
  },
);

test.each(vectors.exchanges)('exchange, as the caller: $note', ({ key, request, response }) => {
  const sent = {
    id: request.headers['webhook-id'] ?? '',
    secret: hmacSecretOf(key),
    siteId: REMOTE,
    remoteSiteId: undefined,
  };
  const read = readAnswer({ ...response, headers: {} }, sent, pingAnswerSchema, hmacSha256);
  expect(read).toMatchObject(
    response.status === 200
      ? { kind: 'answer', siteId: HERE, answer: { localUser: 'ok', mode: 'passive' } }
      : { kind: 'refused', siteId: HERE, code: 'wrong-site', status: response.status },
  );
});
