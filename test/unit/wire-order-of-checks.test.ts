/** Every check of the endpoint: what it refuses, what it costs, and that it comes before the next. */
import { SIGNED_REFUSALS, UNSIGNED_REFUSALS } from '../../src/wire/messages';
import {
  EXCHANGE,
  HERE,
  KEY,
  NOW,
  payloadOf,
  PING,
  REMOTE,
  signedRequest,
  testEndpoint,
  withHeaders,
} from '../support/wire-endpoint';

/** What a request is made of, so that several defects can be in one. */
interface Draft {
  method: string;
  contentType: string;
  padding: string;
  hasId: boolean;
  at: number;
  key: string;
  /** Instead of the fields, where it is set. */
  text: string | undefined;
  fields: Record<string, unknown>;
  /** On the side of the endpoint. */
  paused: boolean;
  siteIsKnown: boolean;
}

interface Defect {
  name: string;
  code: keyof typeof UNSIGNED_REFUSALS | keyof typeof SIGNED_REFUSALS;
  /** The ports that are called when this is the only defect. */
  calls: string[];
  change: (draft: Draft) => Partial<Draft>;
}

const VERIFIED = ['findCaller', 'hmac'];
const SIGNED = [...VERIFIED, 'hmac'];
const withFields = (fields: Record<string, unknown>) => (draft: Draft) => ({
  fields: { ...draft.fields, ...fields },
});

/** In the order of docs/wire.md. */
const DEFECTS: Defect[] = [
  { name: 'method', code: 'method', calls: [], change: () => ({ method: 'PUT' }) },
  {
    name: 'size',
    code: 'too-large',
    calls: [],
    // Fewer than 4 Mi characters, but more bytes.
    change: () => ({ padding: '\u3000'.repeat(1.4 * 1024 * 1024) }),
  },
  {
    name: 'content type',
    code: 'content-type',
    calls: [],
    change: () => ({ contentType: 'text/plain' }),
  },
  { name: 'headers', code: 'bad-headers', calls: [], change: () => ({ hasId: false }) },
  {
    name: 'timestamp',
    code: 'stale-timestamp',
    calls: [],
    change: () => ({ at: NOW - 301_000 }),
  },
  {
    name: 'key',
    code: 'unauthenticated',
    calls: VERIFIED,
    change: () => ({ key: 'nobody knows this' }),
  },
  { name: 'JSON', code: 'bad-json', calls: SIGNED, change: () => ({ text: '{' }) },
  {
    name: 'envelope',
    code: 'bad-request',
    calls: SIGNED,
    change: withFields({ kind: 'answer' }),
  },
  { name: 'protocol', code: 'protocol', calls: SIGNED, change: withFields({ protocol: 2 }) },
  { name: 'to', code: 'wrong-site', calls: SIGNED, change: withFields({ to: 'another' }) },
  {
    name: 'from ourselves',
    code: 'self',
    calls: SIGNED,
    change: withFields({ from: HERE }),
  },
  {
    name: 'from another site',
    code: 'wrong-site',
    calls: [...VERIFIED, 'confirmRemoteSite', 'hmac'],
    change: () => ({ siteIsKnown: false }),
  },
  {
    name: 'paused',
    code: 'paused',
    calls: [...VERIFIED, 'confirmRemoteSite', 'hmac'],
    change: () => ({ paused: true }),
  },
  {
    name: 'op',
    code: 'unknown-op',
    calls: [...VERIFIED, 'confirmRemoteSite', 'hmac'],
    change: withFields({ op: 'exchang' }),
  },
  {
    name: 'members of the op',
    code: 'bad-request',
    calls: [...VERIFIED, 'confirmRemoteSite', 'hmac'],
    change: withFields({ want: -1 }),
  },
];

/** Sends an exchange with these defects. */
async function send(defects: Defect[]) {
  let draft: Draft = {
    method: 'POST',
    contentType: 'application/json',
    padding: '',
    hasId: true,
    at: NOW,
    key: KEY,
    text: undefined,
    fields: EXCHANGE,
    paused: false,
    siteIsKnown: true,
  };
  for (const defect of defects) draft = { ...draft, ...defect.change(draft) };
  const { paused, siteIsKnown, key, at } = draft;
  const endpoint = testEndpoint({ paused });
  endpoint.ports.confirmRemoteSite = () => {
    endpoint.calls.push('confirmRemoteSite');
    return Promise.resolve(siteIsKnown);
  };
  const body = (draft.text ?? JSON.stringify(draft.fields)) + draft.padding;
  const request = withHeaders(signedRequest(body, { key, at }), {
    'Content-Type': [draft.contentType],
    ...(draft.hasId ? {} : { 'Webhook-Id': undefined }),
  });
  const response = await endpoint.answer({ ...request, method: draft.method });
  const isSigned = !response.headers['content-type']?.startsWith('application/problem');
  const answer = (isSigned ? payloadOf(response) : JSON.parse(response.body)) as unknown;
  return { response, answer, isSigned, calls: endpoint.calls };
}

test('a request with no defect is answered', async () => {
  const { response, answer, calls } = await send([]);
  expect(response.status).toBe(200);
  expect(answer).toMatchObject({ op: 'exchange', from: HERE, to: REMOTE, more: false });
  expect(calls).toEqual([...VERIFIED, 'confirmRemoteSite', 'exchange', 'noteAccepted', 'hmac']);
});

test('a ping is answered, and asks how the Local User is', async () => {
  const ping = { name: 'ping', code: 'self' as const, calls: [], change: () => ({ fields: PING }) };
  const { answer, calls } = await send([ping]);
  expect(answer).toMatchObject({ op: 'ping', localUser: 'ok' });
  const own = ['noteAccepted', 'localUserState'];
  expect(calls).toEqual([...VERIFIED, 'confirmRemoteSite', ...own, 'hmac']);
});

test.each(DEFECTS)('$name: refused as $code', async (defect) => {
  const { response, answer, isSigned, calls } = await send([defect]);
  const expectedStatus = { ...UNSIGNED_REFUSALS, ...SIGNED_REFUSALS }[defect.code].status;
  expect(answer).toMatchObject({ code: defect.code, status: expectedStatus });
  expect(response.status).toBe(expectedStatus);
  expect(isSigned).toBe(defect.code in SIGNED_REFUSALS);
  expect(calls).toEqual(defect.calls);
});

// A request is either from ourselves or from another site.
const EXCLUSIVE = ['from ourselves', 'from another site'];
const PAIRS = DEFECTS.flatMap((first, index) =>
  DEFECTS.slice(index + 1)
    .filter((second) => !(EXCLUSIVE.includes(first.name) && EXCLUSIVE.includes(second.name)))
    .map((second) => ({ first, second })),
);

test.each(PAIRS)('$first.name comes before $second.name', async ({ first, second }) => {
  // The earlier one is applied last: what it needs to be seen must not be undone by the later one.
  const { answer, calls } = await send([second, first]);
  expect(answer).toMatchObject({ code: first.code });
  expect(calls).toEqual(first.calls);
});
