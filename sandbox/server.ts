/** The HTTP server of one site: Jira's REST API, the app's web triggers, the site's pages, the control surface. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { control } from './control';
import { PAYLOAD_MAX_BYTES } from './forge/limits';
import { callJira } from './forge/product-api';
import {
  answerWebTrigger,
  isWebTriggerPath,
  type IncomingRequest,
  type OutgoingResponse,
} from './forge/web-trigger';
import type { HostPages } from './host/pages';
import type { Site } from './local-site';
import { restCaller } from './rest-caller';
import { HOP_HEADER, type Wire } from './wire';

/** The page's host marks with it what the app asks of Jira through the bridge. */
const FROM_APP_PAGE = 'x-sandbox-app-page';

/** Serves one site on 127.0.0.1 only. */
export class SiteServer {
  private readonly server: Server;

  constructor(
    private readonly site: Site,
    private readonly wire: Wire,
    private readonly pages: () => Promise<HostPages>,
  ) {
    this.server = createServer((request, response) => {
      void this.respond(request, response);
    });
  }

  /**
   * @param port 0 for any free one
   * @returns the port
   * @throws Error if the port is taken
   */
  async listen(port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', resolve);
    });
    return (this.server.address() as AddressInfo).port;
  }

  /** Drops every connection. */
  async close(): Promise<void> {
    if (!this.server.listening) return;
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.route(request, response);
    } catch (error) {
      this.site.log(
        `server error: ${error instanceof Error ? (error.stack ?? '') : String(error)}`,
      );
      response.statusMessage = '';
      if (!response.headersSent) sendText(response, 500, 'Internal Server Error');
      else response.destroy();
    }
  }

  private async route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = request.url ?? '/';
    const method = request.method ?? 'GET';
    const path = target.replace(/[?#].*$/s, '');
    const body = await bodyOf(request);
    if (isWebTriggerPath(path)) {
      const answer = await this.webTrigger(request, { method, target, body });
      if (answer.statusText !== undefined) response.statusMessage = answer.statusText;
      send(response, answer.status, answer.headers, answer.body);
    } else if (!hasOwnHost(request) || (!isPageRead(method, path) && isFromElsewhere(request))) {
      sendText(response, 403, 'Only this machine and pages of this site may ask that.');
    } else if (body === undefined) {
      sendText(response, 413, 'Payload Too Large');
    } else if (path.startsWith('/_sandbox/')) {
      const answer = await control(this.site, method, path, body.toString('utf8'));
      const json = { 'content-type': ['application/json'] };
      send(response, answer.status, json, JSON.stringify(answer.body));
    } else if (path.startsWith('/rest/')) {
      await this.rest(request, response, body);
    } else {
      await this.page(request, response, body);
    }
  }

  private async webTrigger(
    { headers, rawHeaders }: IncomingMessage,
    request: Omit<IncomingRequest, 'rawHeaders'>,
  ): Promise<OutgoingResponse> {
    const hop = headers[HOP_HEADER];
    if (typeof hop !== 'string') return answerWebTrigger(this.site, { ...request, rawHeaders });
    this.wire.arrived(hop);
    const answer = await answerWebTrigger(this.site, {
      ...request,
      rawHeaders: without(HOP_HEADER, rawHeaders),
    });
    this.wire.answered(hop);
    return answer;
  }

  private async rest(
    request: IncomingMessage,
    response: ServerResponse,
    body: Buffer<ArrayBuffer>,
  ): Promise<void> {
    const principal = restCaller(this.site, request.headers);
    if (!principal) {
      sendText(response, 401, 'Client must be authenticated to access this resource.');
      return;
    }
    if (FROM_APP_PAGE in request.headers && principal.type === 'user') {
      await this.restForAppPage(request, response, body, principal.accountId);
      return;
    }
    const answer = await this.site.jira.handle({
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      headers: headersOf(request),
      body: body.length === 0 ? undefined : body.toString('utf8'),
      principal,
    });
    const headers = Object.entries(answer.headers).map(([name, value]): [string, string[]] => [
      name,
      [value],
    ]);
    send(response, answer.status, Object.fromEntries(headers), answer.body ?? '');
  }

  /** `requestJira` of the app's page: by the same proxy, with the same scopes, as that of its functions. */
  private async restForAppPage(
    request: IncomingMessage,
    response: ServerResponse,
    body: Buffer<ArrayBuffer>,
    accountId: string,
  ): Promise<void> {
    const answer = await callJira(
      this.site,
      { accountId, invocation: undefined },
      { type: 'fpp', provider: 'user', remote: 'jira' },
      request.url ?? '/',
      {
        method: request.method ?? 'GET',
        headers: headersOf(request),
        ...(body.length === 0 ? {} : { body: body.toString('utf8') }),
      },
    );
    const headers = [...answer.headers].map(([name, value]): [string, string[]] => [name, [value]]);
    send(response, answer.status, Object.fromEntries(headers), await answer.text());
  }

  private async page(
    request: IncomingMessage,
    response: ServerResponse,
    body: Buffer<ArrayBuffer>,
  ): Promise<void> {
    const method = request.method ?? 'GET';
    const pages = await this.pages();
    const answer = await pages.handle(
      new Request(new URL(request.url ?? '/', this.site.url), {
        method,
        headers: headersOf(request),
        ...(method === 'GET' || method === 'HEAD' ? {} : { body: new Uint8Array(body) }),
      }),
    );
    if (!answer) {
      sendText(response, 404, 'Not Found');
      return;
    }
    response.writeHead(answer.status, [...answer.headers].flat());
    response.end(method === 'HEAD' ? undefined : Buffer.from(await answer.arrayBuffer()));
  }
}

/** `undefined` if it is longer than the platform takes; what is too much is read and dropped. */
async function bodyOf(request: IncomingMessage): Promise<Buffer<ArrayBuffer> | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= PAYLOAD_MAX_BYTES) chunks.push(chunk);
  }
  return size <= PAYLOAD_MAX_BYTES ? Buffer.concat(chunks) : undefined;
}

/** Node's list of names and values without one name. */
function without(name: string, rawHeaders: string[]): string[] {
  const at = rawHeaders.findIndex((text, index) => index % 2 === 0 && text.toLowerCase() === name);
  return rawHeaders.toSpliced(at, 2);
}

/** A host name of somebody's own could lead to 127.0.0.1, and make its pages ours for the browser. */
function hasOwnHost({ headers }: IncomingMessage): boolean {
  return /^(localhost|127\.0\.0\.1)(:\d+)?$/.test(headers.host ?? '');
}

/** The app's iframe, whose origin is opaque, loads its scripts from here. */
function isPageRead(method: string, path: string): boolean {
  return (method === 'GET' || method === 'HEAD') && !/^\/(_sandbox|rest)\//.test(path);
}

/**
 * Whether a page of another origin, open in the same browser, has sent it: it must not invoke the app or
 * write to Jira. Browsers say so by `Sec-Fetch-Site`; programs send neither header.
 */
function isFromElsewhere({ headers }: IncomingMessage): boolean {
  const { host = '', origin, 'sec-fetch-site': site } = headers;
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  return origin !== undefined && origin !== `http://${host}`;
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

function send(
  response: ServerResponse,
  status: number,
  headers: Record<string, string[]>,
  body: string,
): void {
  for (const [name, values] of Object.entries(headers)) response.setHeader(name, values);
  response.statusCode = status;
  response.end(status === 204 || status === 304 ? undefined : body);
}

function sendText(response: ServerResponse, status: number, text: string): void {
  send(response, status, { 'content-type': ['text/plain; charset=utf-8'] }, text);
}
