/** The sync endpoint: a request comes in, an answer goes out. docs/wire.md is its specification. */
import {
  authenticate,
  type Authenticated,
  type AuthenticationPorts,
  type Caller,
  type WireRequest,
  type WireResponse,
} from './authenticate';
import {
  OPS,
  parseJson,
  PROTOCOL,
  requestSchema,
  SIGNED_REFUSALS,
  SUPPORTED_PROTOCOLS,
  type AnswerEnvelope,
  type LocalUserState,
  type Op,
  type PingAnswer,
  type RefusalPayload,
  type RequestHead,
  type SignedRefusalCode,
} from './messages';
import { sign } from './signature';

export type { Caller, WireRequest, WireResponse } from './authenticate';

/** A request of another site whose op is not `ping`, once all checks are passed but that of its own members. */
export interface OpRequest {
  connectionId: string;
  /** The remote's site id. */
  from: string;
  /** Whether this side is passive. */
  passive: boolean;
  /** What `JSON.parse` has made of the body. */
  body: unknown;
}

/**
 * Does what an op asks.
 *
 * @returns the members of the answer beside those that every answer has; `undefined`: the request's own members
 *   are not what the op takes, and nothing was done
 */
export type OpHandler = (
  request: OpRequest,
) => Promise<Readonly<Record<string, unknown>> | undefined>;

export interface EndpointPorts extends AuthenticationPorts {
  /** This site's own id. */
  siteId: string;
  /** Learns the remote's site id where the caller's is not known yet. `false`: another one is stored. */
  confirmRemoteSite(connectionId: string, siteId: string): Promise<boolean>;
  /** Called once for each request of another site that is done, not refused. */
  noteAccepted(connectionId: string): Promise<void>;
  /** For `ping`. Limits itself to 5 s; `unknown` after that. */
  localUserState(connectionId: string): Promise<LocalUserState>;
  ops: Readonly<Record<Exclude<Op, 'ping'>, OpHandler>>;
}

/** When to come back to a paused connection. */
const PAUSED_RETRY_AFTER_SECONDS = 300;

/**
 * Answers a request. Everything that a caller can do wrong is an answer.
 *
 * @throws what a port throws: nothing is known then, and the platform has to count it
 */
export async function answerRequest(
  request: WireRequest,
  ports: EndpointPorts,
): Promise<WireResponse> {
  const result = await authenticate(request, ports);
  if ('refusal' in result) return result.refusal;
  const { authenticated } = result;
  const payload = await answerAuthenticated(request.body, authenticated, ports);
  return signedResponse(payload, authenticated, ports);
}

interface OpAnswer extends Record<string, unknown> {
  status: number;
}

type AnswerPayload = PingAnswer | RefusalPayload | OpAnswer;

/** Checks in this order: JSON, envelope, protocol, sites, paused, op, the op's own members. */
async function answerAuthenticated(
  body: string,
  { caller }: Authenticated,
  ports: EndpointPorts,
): Promise<AnswerPayload> {
  const { connectionId } = caller;
  const json = parseJson(body);
  if (json === undefined) return refusal('bad-json', ports.siteId, undefined);
  const parsed = requestSchema.safeParse(json);
  if (!parsed.success) return refusal('bad-request', ports.siteId, undefined);
  const request = parsed.data;
  const refuse = (code: SignedRefusalCode, extra?: RefusalDetails) =>
    refusal(code, ports.siteId, request.from, extra);

  if (!SUPPORTED_PROTOCOLS.includes(request.protocol)) {
    return refuse('protocol', { protocols: SUPPORTED_PROTOCOLS });
  }
  if (request.to !== undefined && request.to !== ports.siteId) return refuse('wrong-site');
  const isOwn = request.from === ports.siteId;
  if (isOwn && request.op !== 'ping') return refuse('self');
  if (!isOwn && !(await isExpectedSite(caller, request.from, ports))) {
    return refuse('wrong-site');
  }
  if (caller.paused && request.op !== 'ping') {
    return refuse('paused', { retryAfter: PAUSED_RETRY_AFTER_SECONDS });
  }
  if (!isOp(request.op)) return refuse('unknown-op');

  // Only a ping gets here without a connection: a probe key belongs to this site.
  if (isOwn || connectionId === undefined) return pingAnswer(request, caller, 'unknown', ports);
  if (request.op !== 'ping') {
    const { from } = request;
    const { passive } = caller;
    const fields = await ports.ops[request.op]({ connectionId, from, passive, body: json });
    if (fields === undefined) return refuse('bad-request');
    await ports.noteAccepted(connectionId);
    return { ...fields, ...answerHead(request.op, request.from, ports) };
  }
  const [, localUser] = await Promise.all([
    ports.noteAccepted(connectionId),
    ports.localUserState(connectionId),
  ]);
  return pingAnswer(request, caller, localUser, ports);
}

const isOp = (op: string): op is Op => OPS.some((one) => one === op);

const answerHead = <O extends Op>(op: O, to: string, { siteId }: EndpointPorts) => ({
  protocol: PROTOCOL,
  kind: 'answer' as const,
  op,
  status: 200 as const,
  from: siteId,
  to,
});

/** A probe key belongs to nobody else than this site. */
async function isExpectedSite(
  { connectionId, remoteSiteId }: Caller,
  siteId: string,
  ports: EndpointPorts,
): Promise<boolean> {
  if (connectionId === undefined) return false;
  if (remoteSiteId !== undefined) return remoteSiteId === siteId;
  return ports.confirmRemoteSite(connectionId, siteId);
}

/** Names no project and no user: the remote learns only whether work can be done. */
function pingAnswer(
  request: RequestHead,
  caller: Authenticated['caller'],
  localUser: LocalUserState,
  ports: EndpointPorts,
): PingAnswer {
  return {
    ...answerHead('ping', request.from, ports),
    protocols: SUPPORTED_PROTOCOLS,
    ops: [...OPS],
    mode: caller.passive ? 'passive' : 'active',
    paused: caller.paused,
    now: ports.now(),
    localUser,
  };
}

type RefusalDetails = Pick<RefusalPayload, 'retryAfter' | 'protocols'>;

function refusal(
  code: SignedRefusalCode,
  from: string,
  to: string | undefined,
  extra: RefusalDetails = {},
): RefusalPayload {
  const { status, title } = SIGNED_REFUSALS[code];
  return {
    protocol: PROTOCOL,
    kind: 'answer',
    status,
    from,
    ...(to === undefined ? {} : { to }),
    code,
    title,
    ...extra,
  };
}

/** Signed in the body: the platform does not promise to pass custom response headers. */
function signedResponse(
  answer: AnswerPayload,
  { id, secret }: Authenticated,
  ports: EndpointPorts,
): WireResponse {
  const timestamp = Math.floor(ports.now() / 1000);
  const payload = JSON.stringify(answer);
  const signature = sign(ports.hmac, secret, { id, timestamp, content: payload });
  const envelope: AnswerEnvelope = { id, timestamp, signature, payload };
  const retryAfter =
    'retryAfter' in answer && typeof answer.retryAfter === 'number' ? answer.retryAfter : undefined;
  return {
    status: answer.status,
    headers: {
      'content-type': 'application/json',
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    },
    body: JSON.stringify(envelope),
  };
}
