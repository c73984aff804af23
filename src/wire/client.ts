/** Calling a remote's sync endpoint. */
import type { z } from 'zod';
import { hmacSecretOf, keyIdOf } from './authentication-key';
import { pingAnswerSchema, PROTOCOL, type Op, type PingAnswer } from './messages';
import { readAnswer, type SignedRefusal, type Unverified } from './read-answer';
import { sign, type Hmac } from './signature';

export type TransportResult =
  /** Header names are in lower case. */
  | { kind: 'response'; status: number; headers: Record<string, string>; body: string }
  /** The platform did not let the call out. */
  | { kind: 'blocked' }
  | { kind: 'unreachable' }
  | { kind: 'timed-out' };

/** What sends. It follows no redirect and never throws. */
export interface Transport {
  post(
    url: string,
    headers: Record<string, string>,
    body: string,
    timeoutMs: number,
  ): Promise<TransportResult>;
}

export interface ClientPorts {
  /** Milliseconds since the epoch. */
  now(): number;
  /** A new id for each attempt: letters, digits, `-` and `_`. */
  newId(): string;
  hmac: Hmac;
  transport: Transport;
}

export interface RemoteOptions {
  url: string;
  /** The Remote Authentication Key. */
  key: string;
  /** The one before it, tried once where the remote does not know the current one. */
  previousKey?: string | undefined;
  siteId: string;
  /** The remote's site id where it is known; our own for a call to ourselves. */
  remoteSiteId?: string | undefined;
  /** For the whole call, however many attempts it takes. */
  timeoutMs: number;
}

/** Which key the remote knew. */
interface KeyUsed {
  usedPreviousKey: boolean;
}

/** How a call ended. Only `answer` and `refused` came from the remote for certain. */
export type CallOutcome<T> =
  | ({
      kind: 'answer';
      answer: T;
      /** The remote's site id, as it says itself: compare it with the one that is known. */
      siteId: string;
      /** The middle between sending and receiving, in ms since the epoch by our clock. */
      at: number;
    } & KeyUsed)
  | (SignedRefusal & KeyUsed)
  | Unverified
  | Exclude<TransportResult, { kind: 'response' }>;

/**
 * One request with its answer, under the current key, and once more under the previous one where the
 * remote does not know the current one.
 *
 * @param fields of the request beside those that every request has
 * @param schema of the answer's payload
 */
export async function callRemote<T>(
  op: Op,
  fields: Record<string, unknown>,
  schema: z.ZodType<T>,
  options: RemoteOptions,
  ports: ClientPorts,
): Promise<CallOutcome<T>> {
  const { key, previousKey, timeoutMs } = options;
  const attempt = (withKey: string, usedPreviousKey: boolean, remainingMs: number) =>
    attemptCall(
      { op, fields, schema, options, key: withKey, usedPreviousKey, timeoutMs: remainingMs },
      ports,
    );

  const startedAt = ports.now();
  const outcome = await attempt(key, false, timeoutMs);
  const isUnknownKey = outcome.kind === 'refused-unsigned' && outcome.code === 'unauthenticated';
  const remainingMs = timeoutMs - (ports.now() - startedAt);
  if (!isUnknownKey || previousKey === undefined || remainingMs <= 0) return outcome;
  const second = await attempt(previousKey, true, remainingMs);
  // Short of an answer, that the current key is not accepted is all that is known.
  return second.kind === 'answer' || second.kind === 'refused' ? second : outcome;
}

interface Attempt<T> {
  op: Op;
  fields: Record<string, unknown>;
  schema: z.ZodType<T>;
  options: RemoteOptions;
  key: string;
  usedPreviousKey: boolean;
  timeoutMs: number;
}

async function attemptCall<T>(
  { op, fields, schema, options, key, usedPreviousKey, timeoutMs }: Attempt<T>,
  ports: ClientPorts,
): Promise<CallOutcome<T>> {
  const { url, siteId, remoteSiteId } = options;
  const sentAt = ports.now();
  const id = ports.newId();
  const timestamp = Math.floor(sentAt / 1000);
  const secret = hmacSecretOf(key);
  const body = JSON.stringify({
    protocol: PROTOCOL,
    kind: 'request',
    op,
    from: siteId,
    ...(remoteSiteId === undefined ? {} : { to: remoteSiteId }),
    ...fields,
  });
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': sign(ports.hmac, secret, { id, timestamp, content: body }),
    'issuesync-key': keyIdOf(key),
  };
  const result = await ports.transport.post(url, headers, body, timeoutMs);
  if (result.kind !== 'response') return result;
  const read = readAnswer(result, { id, secret, siteId, remoteSiteId }, schema, ports.hmac);
  if (read.kind === 'answer') return { ...read, at: (sentAt + ports.now()) / 2, usedPreviousKey };
  return read.kind === 'refused' ? { ...read, usedPreviousKey } : read;
}

/** As of any call; `clockSkewMs` is how far the remote's clock is ahead of ours. */
export type PingOutcome =
  | {
      kind: 'answer';
      answer: PingAnswer;
      clockSkewMs: number;
      usedPreviousKey: boolean;
      siteId: string;
    }
  | Exclude<CallOutcome<never>, { kind: 'answer' }>;

/** Asks the remote whether it is there, knows our key, and can work. */
export async function ping(options: RemoteOptions, ports: ClientPorts): Promise<PingOutcome> {
  const outcome = await callRemote('ping', {}, pingAnswerSchema, options, ports);
  if (outcome.kind !== 'answer') return outcome;
  const { at, ...answer } = outcome;
  return { ...answer, clockSkewMs: Math.round(answer.answer.now - at) };
}
