/** The `standardwebhooks` package as a client that we did not write. */
import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { keyIdOf } from '../../src/wire/authentication-key';
import { addConnection, endpointUrl, GENERATED, startTwoSites } from '../support/sites';

test('it signs a ping that is accepted, and verifies the answer', async () => {
  // The package reads the real clock.
  const { sandbox, north, south } = await startTwoSites({ clock: 'real' });
  try {
    const key = GENERATED.north;
    await addConnection(north, south, { local: key, remote: GENERATED.south });
    const webhook = new Webhook(key);
    const id = `msg_${randomUUID()}`;
    const sentAt = new Date();
    const body = JSON.stringify({
      protocol: 1,
      kind: 'request',
      op: 'ping',
      from: south.identity.cloudId,
      to: north.identity.cloudId,
    });
    const { pathname } = new URL(await endpointUrl(north));
    const response = await fetch(`${north.url}${pathname}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
        'webhook-signature': webhook.sign(id, sentAt, body),
        'issuesync-key': keyIdOf(key),
      },
      body,
    });
    expect(response.status).toBe(200);
    const envelope = (await response.json()) as Record<'payload' | 'signature' | 'id', string> & {
      timestamp: number;
    };
    const answer = webhook.verify(envelope.payload, {
      'webhook-id': id,
      'webhook-timestamp': String(envelope.timestamp),
      'webhook-signature': envelope.signature,
    });
    expect(answer).toMatchObject({ kind: 'answer', op: 'ping', status: 200, localUser: 'ok' });
  } finally {
    await sandbox.dispose();
  }
});
