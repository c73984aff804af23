/**
 * What leaves the app by `fetch`. The real `@forge/egress` decides what may, by the manifest; local sites
 * and the hosts that a test has mapped are reached over real HTTP, and there is no other network: every
 * other host is dead.
 */
import { EgressFilteringService } from '@forge/egress';
import type { Faults } from '../faults';
import type { Exchange, Traffic } from '../traffic';
import { HOP_HEADER, type Wire } from '../wire';
import { underFaults, type CallFaultSite, type FaultyCaller } from './call-faults';
import { EGRESS_CALLS_PER_MINUTE } from './limits';
import { native } from './native';

/** Where a host really is. */
export interface HostTarget {
  /** As `http://127.0.0.1:7101`. */
  base: string;
  /** Whether a local site answers there, and not a test's own server. */
  isSite: boolean;
}

export interface EgressOptions {
  /** `permissions.external.fetch.backend` of the manifest. */
  allowed: string[];
  /** `undefined`: there is no such host. */
  resolveHost: (host: string) => HostTarget | undefined;
  faults: () => Faults;
  rules: CallFaultSite;
  traffic: Traffic;
  /** Requests to local sites. */
  wire: Wire;
}

/** Who calls: what the budget and the end of the call depend on. */
export interface EgressCaller extends FaultyCaller {
  egressCalls: number;
  timeLimitMs: number;
}

/** As `fetch` has it (Fetch Standard, HTTP-redirect fetch). */
const MAX_REDIRECTS = 20;
const REDIRECTS = [301, 302, 303, 307, 308];

interface Outgoing {
  url: URL;
  method: string;
  headers: Headers;
  body: Uint8Array<ArrayBuffer>;
  signal: AbortSignal;
}

export class Egress {
  private readonly filter: EgressFilteringService;

  constructor(private readonly options: EgressOptions) {
    this.filter = new EgressFilteringService(options.allowed);
  }

  /**
   * `fetch` as the app sees it: a response, a refusal (403 with the platform's error header), or an error
   * that says nothing about the network behind it.
   *
   * @throws TypeError `fetch failed`; the reason of an abort signal
   */
  async fetch(
    caller: EgressCaller,
    input: RequestInfo | URL,
    init: RequestInit | undefined,
  ): Promise<Response> {
    // Normalized first, so that what is filtered is what is called: the filter reads a backslash otherwise.
    const request = new Request(input, init);
    const signal = AbortSignal.any([request.signal, caller.signal]);
    let outgoing: Outgoing = {
      url: new URL(request.url),
      method: request.method,
      headers: request.headers,
      body: new Uint8Array(await request.arrayBuffer()),
      signal,
    };
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      if (!this.withinBudget(caller)) return refused(429, 'FETCH_LIMIT_EXCEEDED');
      const response = await this.send(outgoing, caller);
      const next = redirectOf(response, outgoing);
      if (!next || request.redirect === 'manual') return named(response, outgoing, redirects > 0);
      if (request.redirect === 'error') break;
      outgoing = next;
    }
    throw fetchFailed();
  }

  /**
   * Forge: 100 egress calls per runtime minute of an invocation, redirects included. What the platform
   * answers beyond that is [2nd]: Atlassian's own ECO-491 quotes it.
   */
  private withinBudget(caller: EgressCaller): boolean {
    caller.egressCalls += 1;
    const minutes = Math.ceil(caller.timeLimitMs / 60_000);
    return (
      !this.options.faults().budgets || caller.egressCalls <= EGRESS_CALLS_PER_MINUTE * minutes
    );
  }

  private async send(outgoing: Outgoing, caller: EgressCaller): Promise<Response> {
    const { url, method } = outgoing;
    // The header's value is [2nd], seen by several apps; the body is UNVERIFIED.
    if (!this.filter.isValidUrl(url.href)) return refused(403, 'BLOCKED_EGRESS');
    const body = Buffer.from(outgoing.body).toString('utf8');
    const call = { service: 'egress', method, path: url.href, body } as const;
    return underFaults(this.options.rules, call, caller, () => this.carry(outgoing, body));
  }

  private async carry(outgoing: Outgoing, requestBody: string): Promise<Response> {
    const { url } = outgoing;
    const exchange = this.options.traffic.start({
      direction: 'out',
      url: url.href,
      requestHeaders: [...outgoing.headers],
      requestBody,
    });
    const target = this.options.resolveHost(url.host);
    if (target?.isSite !== true) return this.answer(outgoing, target, exchange);
    const { wire } = this.options;
    const hop = wire.sent();
    const headers = new Headers(outgoing.headers);
    headers.set(HOP_HEADER, hop);
    try {
      return await this.answer({ ...outgoing, headers }, target, exchange, () => wire.over(hop));
    } catch (error) {
      wire.over(hop);
      throw error;
    }
  }

  private async answer(
    outgoing: Outgoing,
    target: HostTarget | undefined,
    exchange: Exchange,
    onRead: () => void = () => undefined,
  ): Promise<Response> {
    const response = target && (await this.request(outgoing, target));
    const answer = response ?? this.deadHost();
    void record(exchange, answer.clone()).finally(onRead);
    return answer;
  }

  /** `undefined`: nobody answered. */
  private async request(outgoing: Outgoing, { base }: HostTarget): Promise<Response | undefined> {
    const { url, method, headers, body, signal } = outgoing;
    try {
      return await native.fetch(`${base.replace(/\/$/, '')}${url.pathname}${url.search}`, {
        method,
        headers,
        signal,
        redirect: 'manual',
        ...(body.length === 0 ? {} : { body }),
      });
    } catch {
      if (signal.aborted) throw signal.reason;
      return undefined;
    }
  }

  private deadHost(): Response {
    if (this.options.faults().deadHost === 'error') throw fetchFailed();
    return new Response('', { status: 503, headers: { 'x-squid-error': 'ERR_CONNECT_FAIL 0' } });
  }
}

/** The app learns no more than that: DNS, TCP and TLS cannot be told apart from inside the platform. */
function fetchFailed(): TypeError {
  return new TypeError('fetch failed');
}

function refused(status: number, code: string): Response {
  return new Response('', { status, headers: { 'forge-proxy-error': code } });
}

/** The request that follows a redirect (Fetch Standard): a `303`, and a `POST` moved, become a `GET`. */
function redirectOf(response: Response, from: Outgoing): Outgoing | undefined {
  const location = response.headers.get('location');
  if (!REDIRECTS.includes(response.status) || location === null) return undefined;
  const url = new URL(location, from.url);
  const becomesGet =
    response.status === 303
      ? from.method !== 'HEAD'
      : response.status < 303 && from.method === 'POST';
  const headers = new Headers(from.headers);
  if (url.origin !== from.url.origin) headers.delete('authorization');
  if (becomesGet) headers.delete('content-type');
  return {
    ...from,
    url,
    headers,
    ...(becomesGet ? { method: 'GET', body: new Uint8Array() } : {}),
  };
}

/** The response under the address that the app knows: the local one is the sandbox's business. */
function named(response: Response, { url }: Outgoing, redirected: boolean): Response {
  return Object.defineProperties(response, {
    url: { value: url.href },
    redirected: { value: redirected },
  });
}

async function record(exchange: Exchange, copy: Response): Promise<void> {
  exchange.status = copy.status;
  exchange.responseHeaders = [...copy.headers];
  try {
    exchange.responseBody = await copy.text();
  } catch {
    // The app gave up on the rest of it.
  }
}
