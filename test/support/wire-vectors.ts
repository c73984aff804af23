/**
 * Makes docs/wire-vectors.json, as docs/wire.md describes the wire and with nothing of the app: what
 * the app is tested against must not come from the app. Everything is fixed, so the file never changes
 * by itself.
 */
import { createHash, createHmac } from 'node:crypto';

/** Monday 2026-01-05, 09:00:00 UTC, in seconds. */
const TIMESTAMP = 1_767_603_600;
const CALLER = '11111111-aaaa-4aaa-8aaa-111111111111';
const ENDPOINT = '22222222-bbbb-4bbb-8bbb-222222222222';

const bytes = (size: number): Buffer =>
  Buffer.from(Array.from({ length: size }, (_, index) => (index * 7 + size) % 256));
const whsec = (size: number): string => `whsec_${bytes(size).toString('base64')}`;

const GENERATED = whsec(32);
const PASSWORD = 'Pa$$w0rd like';
const NON_ASCII = 'Schlüssel für Zürich 鍵🔑';

type SecretForm = 'base64' | 'text';

/** The base64 form is decided here by hand, key by key: the rule is what is tested. */
const KEYS: [note: string, typed: string, secretIs: SecretForm][] = [
  ['generated: 32 bytes', GENERATED, 'base64'],
  ['the shortest secret: 24 bytes', whsec(24), 'base64'],
  ['the longest secret: 64 bytes', whsec(64), 'base64'],
  ['23 bytes are too few: text', whsec(23), 'text'],
  ['65 bytes are too many: text', whsec(65), 'text'],
  ['base64 without its padding: text', GENERATED.replace(/=+$/, ''), 'text'],
  ['the base64url alphabet: text', `whsec_${'-_'.repeat(21)}A=`, 'text'],
  ['bits left over in the last digit: text', GENERATED.replace(/.=$/, '5='), 'text'],
  ['white space inside: text', GENERATED.replace(/^(.{20})/, '$1 '), 'text'],
  ['the prefix alone: text', 'whsec_', 'text'],
  ['the prefix in capitals: text', GENERATED.replace('whsec', 'WHSEC'), 'text'],
  ['base64 without the prefix: text', GENERATED.replace('whsec_', ''), 'text'],
  ['a password', PASSWORD, 'text'],
  ['a single character', '0', 'text'],
  ['beyond ASCII', NON_ASCII, 'text'],
  ['typed with combining characters, and so normalized', NON_ASCII.normalize('NFD'), 'text'],
];

const secretOf = (key: string, secretIs: SecretForm): Buffer =>
  secretIs === 'base64'
    ? Buffer.from(key.slice('whsec_'.length), 'base64')
    : Buffer.from(key, 'utf8');

const signatureOf = (secret: Buffer, id: string, content: string): string =>
  `v1,${createHmac('sha256', secret).update(`${id}.${TIMESTAMP}.${content}`).digest('base64')}`;

const keyIdOf = (key: string): string =>
  createHash('sha256').update(`issuesync-key-id:${key}`).digest('hex').slice(0, 32);

const keyVector = ([note, typed, secretIs]: (typeof KEYS)[number]) => {
  const key = typed.normalize('NFC');
  const secretHex = secretOf(key, secretIs).toString('hex');
  return { note, typed, key, keyId: keyIdOf(key), secretIs, secretHex };
};

const SIGNED: [note: string, key: string, secretIs: SecretForm, content: string][] = [
  ['an empty content', GENERATED, 'base64', ''],
  ['a generated key', GENERATED, 'base64', '{"a":1}'],
  ['a password', PASSWORD, 'text', '{"a":1}'],
  ['a key beyond ASCII', NON_ASCII, 'text', '{"a":1}'],
  ['a content beyond ASCII, signed as UTF-8', GENERATED, 'base64', '{"a":"é – 鍵🔑"}'],
  ['white space counts', GENERATED, 'base64', '{ "a": 1 }\n'],
];

function exchange(
  note: string,
  id: string,
  [key, secretIs]: [string, SecretForm],
  request: Record<string, unknown>,
  answer: Record<string, unknown> & { status: number },
) {
  const secret = secretOf(key, secretIs);
  const body = JSON.stringify({ protocol: 1, kind: 'request', ...request });
  const payload = JSON.stringify({ protocol: 1, kind: 'answer', ...answer });
  return {
    note,
    key,
    request: {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(TIMESTAMP),
        'webhook-signature': signatureOf(secret, id, body),
        'issuesync-key': keyIdOf(key),
      },
      body,
    },
    response: {
      status: answer.status,
      body: JSON.stringify({
        id,
        timestamp: TIMESTAMP,
        signature: signatureOf(secret, id, payload),
        payload,
      }),
    },
  };
}

const pingAnswer = {
  op: 'ping',
  status: 200,
  from: ENDPOINT,
  to: CALLER,
  protocols: [1],
  ops: ['ping', 'exchange', 'describe'],
  mode: 'passive',
  paused: false,
  now: TIMESTAMP * 1000,
  localUser: 'ok',
};

const head = (op: string) => ({ op, from: CALLER, to: ENDPOINT });
const answerHead = (op: string) => ({ op, status: 200, from: ENDPOINT, to: CALLER });

const PAIR = 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c';

/** An edit of the caller's issue, a comment that was written there and one that was deleted. */
const messageOfCaller = {
  issue: '10001',
  token: 'c0ffee00-0000-4000-8000-00000000000a',
  contract: { id: 'contract-a', name: 'Partner bugs' },
  policy: 'newest',
  pair: PAIR,
  twin: '20001',
  origin: { site: CALLER, issue: '10001' },
  path: [CALLER],
  aliases: {
    summary: {
      kind: 'value',
      value: { form: 'text', text: 'The lift is stuck – again' },
      version: { [CALLER]: 3, [ENDPOINT]: 1 },
      dot: { site: CALLER, n: 3 },
      stamp: TIMESTAMP * 1000 - 2_000,
    },
    'due-date': {
      kind: 'value',
      value: null,
      version: { [CALLER]: 2 },
      dot: { site: CALLER, n: 2 },
      stamp: TIMESTAMP * 1000 - 2_000,
    },
    labels: {
      kind: 'set',
      version: { [CALLER]: 1, [ENDPOINT]: 1 },
      elements: { lift: [{ site: CALLER, n: 1 }], urgent: [{ site: ENDPOINT, n: 1 }] },
    },
  },
  comments: [
    {
      id: '30001',
      n: 1,
      body: {
        type: 'doc',
        version: 1,
        content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Third floor.' }] }],
      },
      author: 'Zoë Lefèvre',
      at: TIMESTAMP * 1000 - 1_000,
    },
    { id: '30000', n: 2, isGone: true },
  ],
};

/** A new issue of the endpoint's, which has no twin yet. */
const messageOfEndpoint = {
  issue: '20002',
  token: 'c0ffee00-0000-4000-8000-00000000000b',
  contract: { id: 'contract-b', name: 'Partner bugs' },
  policy: 'newest',
  origin: { site: ENDPOINT, issue: '20002' },
  path: [ENDPOINT],
  aliases: {
    priority: {
      kind: 'value',
      value: { form: 'name', name: 'High' },
      version: { [ENDPOINT]: 1 },
      dot: { site: ENDPOINT, n: 1 },
      stamp: TIMESTAMP * 1000 - 5_000,
    },
  },
};

const described = (id: string, remote: string, key: string) => ({
  id,
  name: 'Partner bugs',
  remote,
  enabled: true,
  direction: 'both',
  policy: 'newest',
  events: ['create', 'update', 'comment', 'status'],
  pair: PAIR,
  project: { key, name: `The project ${key}` },
  issueTypes: [{ name: 'Bug', statuses: ['To Do', 'Done'] }],
  fields: [
    {
      alias: 'summary',
      name: 'Summary',
      kind: 'text',
      required: true,
      readOnly: false,
      direction: 'both',
    },
    {
      alias: 'priority',
      name: 'Priority',
      kind: 'priority',
      required: false,
      readOnly: false,
      direction: 'both',
      choices: ['High', 'Low'],
    },
  ],
});

/** The document, as text. */
export function wireVectors(): string {
  const vectors = {
    keys: KEYS.map(keyVector),
    signatures: SIGNED.map(([note, key, secretIs, content]) => {
      const id = 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W';
      const signature = signatureOf(secretOf(key, secretIs), id, content);
      return { note, key, id, timestamp: TIMESTAMP, content, signature };
    }),
    exchanges: [
      exchange(
        'the first ping, which does not know the remote yet',
        'c0ffee00-0000-4000-8000-000000000001',
        [GENERATED, 'base64'],
        { op: 'ping', from: CALLER },
        pingAnswer,
      ),
      exchange(
        'a ping with a key that is no whsec_',
        'c0ffee00-0000-4000-8000-000000000002',
        [NON_ASCII, 'text'],
        { op: 'ping', from: CALLER, to: ENDPOINT },
        pingAnswer,
      ),
      exchange(
        'a request to another site, refused',
        'c0ffee00-0000-4000-8000-000000000003',
        [PASSWORD, 'text'],
        { op: 'ping', from: CALLER, to: '33333333-cccc-4ccc-8ccc-333333333333' },
        {
          status: 409,
          from: ENDPOINT,
          to: CALLER,
          code: 'wrong-site',
          title: 'The request is not between the two sites of this key.',
        },
      ),
      exchange(
        'an exchange: an edited issue and the result of an earlier message, answered with its result and a new issue',
        'c0ffee00-0000-4000-8000-000000000004',
        [GENERATED, 'base64'],
        {
          ...head('exchange'),
          results: [
            {
              issue: '20000',
              token: 'c0ffee00-0000-4000-8000-000000000009',
              result: {
                outcome: 'done',
                twin: '10000',
                aliases: { status: { outcome: 'applied', version: { [ENDPOINT]: 1 } } },
              },
            },
          ],
          messages: [messageOfCaller],
          want: 20,
        },
        {
          ...answerHead('exchange'),
          results: [
            {
              outcome: 'done',
              twin: '20001',
              aliases: {
                summary: { outcome: 'applied', version: { [CALLER]: 3, [ENDPOINT]: 1 } },
                'due-date': {
                  outcome: 'refused',
                  version: { [CALLER]: 1 },
                  of: `${CALLER}:2`,
                  refusal: {
                    code: 'must-not-be-empty',
                    reason: 'Due date must not be empty here.',
                  },
                },
                labels: { outcome: 'unchanged', version: { [CALLER]: 1, [ENDPOINT]: 1 } },
              },
              comments: {
                '30001': { outcome: 'applied', n: 1, copy: '40001' },
                '30000': { outcome: 'applied', n: 2 },
              },
            },
          ],
          messages: [messageOfEndpoint],
          more: false,
          mode: 'passive',
        },
      ),
      exchange(
        'an exchange whose message is kept by the caller',
        'c0ffee00-0000-4000-8000-000000000005',
        [GENERATED, 'base64'],
        { ...head('exchange'), results: [], messages: [messageOfCaller], want: 0 },
        {
          ...answerHead('exchange'),
          results: [{ outcome: 'deferred', reason: 'mapping' }],
          messages: [],
          more: true,
          mode: 'passive',
        },
      ),
      exchange(
        'both sides describe their contracts',
        'c0ffee00-0000-4000-8000-000000000006',
        [GENERATED, 'base64'],
        { ...head('describe'), contracts: [described('contract-a', 'contract-b', 'DEMO')] },
        { ...answerHead('describe'), contracts: [described('contract-b', 'contract-a', 'HELP')] },
      ),
    ],
  };
  return `${JSON.stringify(vectors, null, 2)}\n`;
}
