/** A remote of a test's own: answers what the test says, signed as docs/wire.md describes if it wants to. */
import type { ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Sandbox } from '../../sandbox';
import { RemoteServer } from './fixture-sandbox';
import { signedEnvelope } from './wire-endpoint';

const FAKE_HOST = '11111111-2222-4333-8444-555555555555.webtrigger.atlassian.app';
export const FAKE_URL = `https://${FAKE_HOST}/public/fake`;

export interface Received {
  headers: Record<string, string>;
  body: string;
}

export type FakeAnswer = (request: Received, response: ServerResponse) => void | Promise<void>;

/** Starts a remote in the place of `host`, at first that of `FAKE_URL`. The caller closes it. */
export async function startFakeRemote(
  sandbox: Sandbox,
  answer: FakeAnswer,
  host = FAKE_HOST,
): Promise<RemoteServer> {
  const server = await RemoteServer.start((request, response) => {
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    text(request)
      .then((body) => answer({ headers, body }, response))
      // No test takes a dropped connection for an answer.
      .catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  sandbox.mapHost(host, server.base);
  return server;
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/**
 * Answers `request` from the site `from`, unread and unverified, but with a signature that is right.
 *
 * @param members of the payload, `from` and `to` aside
 */
export function sendSigned(
  response: ServerResponse,
  { headers, body }: Received,
  key: string,
  from: string,
  members: { status: number } & Record<string, unknown>,
): void {
  const { from: to } = JSON.parse(body) as { from: string };
  const id = headers['webhook-id'] ?? '';
  const at = Number(headers['webhook-timestamp']) * 1000;
  const payload = JSON.stringify({ protocol: 1, kind: 'answer', ...members, from, to });
  sendJson(response, members.status, signedEnvelope(payload, { key, at, id }));
}
