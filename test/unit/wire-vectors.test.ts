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
import { descriptionSchema } from '../../src/contract/description';
import { exchangeAnswerSchema, exchangeRequestSchema } from '../../src/sync/exchange-schema';
import { answerRequest, type OpHandler } from '../../src/wire/endpoint';
import { OPS, pingAnswerSchema } from '../../src/wire/messages';
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

type Json = Record<string, unknown>;

/** What the app takes as request and as answer of an op; `ping` has no request of its own. */
const SCHEMAS: Record<string, { request?: z.ZodType; answer: z.ZodType }> = {
  ping: { answer: pingAnswerSchema },
  exchange: { request: exchangeRequestSchema, answer: exchangeAnswerSchema },
  describe: { request: descriptionSchema, answer: descriptionSchema },
};

const jsonOf = (text: string) => JSON.parse(text) as Json;

/** A vector with what its texts say. */
const read = ({ request, response }: (typeof vectors.exchanges)[number]) => {
  const body = jsonOf(request.body);
  const payload = jsonOf(String(jsonOf(response.body).payload));
  const schemas = SCHEMAS[String(body.op)];
  if (!schemas) throw new Error(`There is no op ${String(body.op)}`);
  return { body, payload, schemas };
};

/** The members of a request or an answer beside those that every one has. */
function own({ protocol, kind, op, status, from, to, ...members }: Json): Json {
  expect([protocol, kind, op, status, from, to]).not.toContain(null);
  return members;
}

test('there is a vector for each op', () => {
  const ops = vectors.exchanges.map((vector) => read(vector).body.op);
  expect([...new Set(ops)].sort()).toEqual([...OPS].sort());
});

test.each(vectors.exchanges)('exchange, as the endpoint: $note', async (vector) => {
  const { key, request, response } = vector;
  const { payload, schemas } = read(vector);
  /** Takes what the app takes, and answers what the vector does. */
  const handler: OpHandler = async ({ body }) => {
    const taken = schemas.request?.parse(body);
    expect(taken).toEqual(own(body as Json));
    return own(payload);
  };
  const endpoint = testEndpoint(
    { key, passive: true },
    { ops: { exchange: handler, describe: handler } },
  );
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
});

test.each(vectors.exchanges)('exchange, as the caller: $note', (vector) => {
  const { key, request, response } = vector;
  const { payload, schemas } = read(vector);
  const sent = {
    id: request.headers['webhook-id'] ?? '',
    secret: hmacSecretOf(key),
    siteId: REMOTE,
    remoteSiteId: undefined,
  };
  const answer = readAnswer({ ...response, headers: {} }, sent, schemas.answer, hmacSha256);
  if (response.status !== 200) {
    const { status } = response;
    expect(answer).toMatchObject({ kind: 'refused', siteId: HERE, code: 'wrong-site', status });
    return;
  }
  expect(answer).toMatchObject({ kind: 'answer', siteId: HERE, answer: own(payload) });
});
