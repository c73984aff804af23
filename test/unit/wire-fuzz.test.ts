/** Whatever is sent or answered: nothing that is not genuine passes, and nothing is thrown. */
import fc from 'fast-check';
import { hmacSecretOf } from '../../src/wire/authentication-key';
import type { WireRequest } from '../../src/wire/endpoint';
import { pingAnswerSchema } from '../../src/wire/messages';
import { readAnswer } from '../../src/wire/read-answer';
import { hmacSha256 } from '../../src/wire/signature';
import {
  HERE,
  KEY,
  PING,
  REMOTE,
  REQUEST_ID,
  signedRequest,
  testEndpoint,
} from '../support/wire-endpoint';

/** Replaces, inserts or removes at a place; the result may be the same text again. */
const mutation = fc.record({
  place: fc.nat(2_000),
  removed: fc.nat(3),
  inserted: fc.string({ unit: 'binary', maxLength: 3 }),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer M> ? M : never;

function mutate(text: string, { place, removed, inserted }: Mutation): string {
  const at = place % (text.length + 1);
  return text.slice(0, at) + inserted + text.slice(at + removed);
}

const genuine = signedRequest();
const signedParts = ['Webhook-Id', 'Webhook-Timestamp', 'Webhook-Signature', 'IssueSYNC-Key'];

test('a request that was changed on its way never passes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('body', ...signedParts), mutation, async (part, change) => {
      const request: WireRequest =
        part === 'body'
          ? { ...genuine, body: mutate(genuine.body, change) }
          : {
              ...genuine,
              headers: {
                ...genuine.headers,
                [part]: [mutate(genuine.headers[part]?.[0] ?? '', change)],
              },
            };
      // White space around a header's value is no part of it (RFC 9110, section 5.5).
      const before = part === 'body' ? genuine.body : genuine.headers[part]?.[0];
      const after = part === 'body' ? request.body : request.headers[part]?.[0]?.trim();
      const response = await testEndpoint().answer(request);
      if (after === before) expect(response.status).toBe(200);
      else expect([400, 401]).toContain(response.status);
      if (after !== before) {
        expect(response.headers['content-type']).toBe('application/problem+json');
      }
    }),
    { numRuns: 2_000 },
  );
});

test('any request at all is answered with a status, never thrown at', async () => {
  const headerName = fc.oneof(fc.constantFrom('content-type', ...signedParts), fc.string());
  const request = fc.record({
    method: fc.oneof(fc.constant('POST'), fc.string()),
    headers: fc.dictionary(headerName, fc.array(fc.string({ unit: 'binary' }))),
    body: fc.string({ unit: 'binary' }),
  });
  await fc.assert(
    fc.asyncProperty(request, async (any) => {
      const endpoint = testEndpoint();
      const response = await endpoint.answer(any);
      expect([400, 401, 405, 415]).toContain(response.status);
      expect(endpoint.calls).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
});

test('any body at all under a right signature is answered, signed, and does no more than ping', async () => {
  const member = fc.oneof(fc.jsonValue(), fc.constantFrom(...Object.values(PING), HERE));
  const body = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.json(),
    fc.record({ protocol: member, kind: member, op: member, from: member, to: member }),
    fc.record(
      {
        protocol: fc.constantFrom(1, 2),
        kind: fc.constant('request'),
        op: fc.constantFrom('ping', 'exchange', '__proto__', 'constructor'),
        from: fc.constantFrom(REMOTE, HERE),
        to: fc.constantFrom(HERE, REMOTE),
      },
      { requiredKeys: ['kind', 'op', 'from'] },
    ),
  );
  await fc.assert(
    fc.asyncProperty(body, async (any) => {
      const response = await testEndpoint().answer(signedRequest(any));
      expect([200, 400, 403, 409]).toContain(response.status);
      const sent = {
        id: REQUEST_ID,
        secret: hmacSecretOf(KEY),
        siteId: REMOTE,
        remoteSiteId: undefined,
      };
      const read = readAnswer(response, sent, pingAnswerSchema, hmacSha256);
      // A request in the name of the endpoint itself is answered to that name, and not to us.
      if (read.kind === 'not-verified') expect(read.reason).toBe('other-request');
      else expect(read.kind).toBe(response.status === 200 ? 'answer' : 'refused');
    }),
    { numRuns: 1_000 },
  );
});

test('an answer that was changed on its way never counts, and never throws', async () => {
  const { body } = await testEndpoint().answer(genuine);
  const sent = { id: REQUEST_ID, secret: hmacSecretOf(KEY), siteId: REMOTE, remoteSiteId: HERE };
  const read = (text: string) =>
    readAnswer({ status: 200, headers: {}, body: text }, sent, pingAnswerSchema, hmacSha256);
  const original = read(body);
  expect(original.kind).toBe('answer');
  fc.assert(
    fc.property(mutation, (change) => {
      const result = read(mutate(body, change));
      // White space between the members of the envelope changes nothing that was signed.
      if (result.kind === 'answer') expect(result).toEqual(original);
      else expect(['not-verified', 'not-issuesync']).toContain(result.kind);
    }),
    { numRuns: 2_000 },
  );
});

test('any response at all is told as something, never thrown at', () => {
  const sent = { id: REQUEST_ID, secret: hmacSecretOf(KEY), siteId: REMOTE, remoteSiteId: HERE };
  const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.json());
  fc.assert(
    fc.property(anything, fc.integer({ min: 200, max: 599 }), (body, status) => {
      const { kind } = readAnswer(
        { status, headers: {}, body },
        sent,
        pingAnswerSchema,
        hmacSha256,
      );
      expect(['http-status', 'not-issuesync', 'not-verified']).toContain(kind);
    }),
    { numRuns: 1_000 },
  );
});
