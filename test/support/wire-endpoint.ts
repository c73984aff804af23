/** An endpoint of the wire on ports that write down each call, and requests to it signed by hand. */
import { Webhook } from 'standardwebhooks';
import { descriptionSchema } from '../../src/contract/description';
import { exchangeRequestSchema } from '../../src/sync/exchange-schema';
import { hmacSecretOf, keyIdOf } from '../../src/wire/authentication-key';
import {
  answerRequest,
  type Caller,
  type EndpointPorts,
  type WireRequest,
  type WireResponse,
} from '../../src/wire/endpoint';
import { answerEnvelopeSchema, type AnswerEnvelope } from '../../src/wire/messages';
import { hmacSha256 } from '../../src/wire/signature';

export const NOW = Date.UTC(2026, 0, 5, 9);
export const HERE = '22222222-bbbb-4bbb-8bbb-222222222222';
export const REMOTE = '11111111-aaaa-4aaa-8aaa-111111111111';
export const KEY = 'whsec_ICcuNTxDSlFYX2ZtdHuCiZCXnqWss7rByM/W3eTr8vk=';
export const PROBE_KEY = 'whsec_GB8mLTQ7QklQV15lbHN6gYiPlp2kq7K5';
export const CONNECTION = 'c-1';
export const REQUEST_ID = 'c0ffee00-0000-4000-8000-000000000001';

export interface TestEndpoint {
  ports: EndpointPorts;
  /** The port calls so far, in their order. */
  calls: string[];
  answer(request: WireRequest): Promise<WireResponse>;
}

/** One connection under `KEY`, one probe under `PROBE_KEY`. */
export function testEndpoint(
  caller: Partial<Caller> = {},
  overrides: Partial<EndpointPorts> = {},
): TestEndpoint {
  const calls: string[] = [];
  const callers = new Map<string, Caller>([
    [
      keyIdOf(KEY),
      { key: KEY, connectionId: CONNECTION, paused: false, passive: false, ...caller },
    ],
    [
      keyIdOf(PROBE_KEY),
      { key: PROBE_KEY, connectionId: undefined, paused: false, passive: false },
    ],
  ]);
  const ports: EndpointPorts = {
    now: () => NOW,
    siteId: HERE,
    hmac: (secret, content) => {
      calls.push('hmac');
      return hmacSha256(secret, content);
    },
    findCaller: (keyId) => {
      calls.push('findCaller');
      return Promise.resolve(callers.get(keyId));
    },
    confirmRemoteSite: () => {
      calls.push('confirmRemoteSite');
      return Promise.resolve(true);
    },
    noteAccepted: () => {
      calls.push('noteAccepted');
      return Promise.resolve();
    },
    localUserState: () => {
      calls.push('localUserState');
      return Promise.resolve('ok');
    },
    ops: {
      exchange: ({ body }) => {
        if (!exchangeRequestSchema.safeParse(body).success) return Promise.resolve(undefined);
        calls.push('exchange');
        return Promise.resolve({ results: [], messages: [], more: false, mode: 'active' });
      },
      describe: ({ body }) => {
        if (!descriptionSchema.safeParse(body).success) return Promise.resolve(undefined);
        calls.push('describe');
        return Promise.resolve({ contracts: [] });
      },
    },
    ...overrides,
  };
  return { ports, calls, answer: (request) => answerRequest(request, ports) };
}

export const PING = { protocol: 1, kind: 'request', op: 'ping', from: REMOTE, to: HERE };

/** An exchange that moves nothing. */
export const EXCHANGE = { ...PING, op: 'exchange', results: [], messages: [], want: 0 };

/** A request that is right in all, signed by an independent implementation. */
export function signedRequest(
  body: unknown = PING,
  { key = KEY, at = NOW, id = REQUEST_ID } = {},
): WireRequest {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const webhook = new Webhook(hmacSecretOf(key), { format: 'raw' });
  return {
    method: 'POST',
    headers: {
      'Content-Type': ['application/json'],
      'Webhook-Id': [id],
      'Webhook-Timestamp': [String(Math.floor(at / 1000))],
      'Webhook-Signature': [webhook.sign(id, new Date(at), text)],
      'IssueSYNC-Key': [keyIdOf(key)],
    },
    body: text,
  };
}

/** What the endpoint answers to `PING`. */
export const PONG = {
  protocol: 1,
  kind: 'answer',
  op: 'ping',
  status: 200,
  from: HERE,
  to: REMOTE,
  protocols: [1],
  ops: ['ping', 'exchange', 'describe'],
  mode: 'active',
  paused: false,
  now: NOW,
  localUser: 'ok',
};

/** The envelope of an answer, signed by an independent implementation. */
export function signedEnvelope(
  payload: string,
  { key = KEY, at = NOW, id = REQUEST_ID } = {},
): AnswerEnvelope {
  const timestamp = Math.floor(at / 1000);
  const webhook = new Webhook(hmacSecretOf(key), { format: 'raw' });
  return { id, timestamp, signature: webhook.sign(id, new Date(at), payload), payload };
}

/** `request` with some headers replaced, or without them. */
export function withHeaders(
  request: WireRequest,
  headers: Record<string, string[] | undefined>,
): WireRequest {
  const merged = { ...request.headers, ...headers };
  const kept = Object.entries(merged).filter(
    (entry): entry is [string, string[]] => entry[1] !== undefined,
  );
  return { ...request, headers: Object.fromEntries(kept) };
}

/** The payload of a signed answer, whose signature an independent implementation has verified. */
export function payloadOf(response: WireResponse, key = KEY, id = REQUEST_ID): unknown {
  const envelope = answerEnvelopeSchema.parse(JSON.parse(response.body));
  const { payload, timestamp } = envelope;
  expect(envelope).toEqual(signedEnvelope(payload, { key, at: timestamp * 1000, id }));
  return JSON.parse(envelope.payload) as unknown;
}
