/** What went over the wire, kept so that a test can search it for secrets and names. */

export interface Exchange {
  direction: 'out' | 'in';
  url: string;
  requestHeaders: [name: string, value: string][];
  requestBody: string;
  /** 0 while there is no answer, and where there never was one. */
  status: number;
  responseHeaders: [name: string, value: string][];
  responseBody: string;
}

/** Beyond this the oldest is dropped, so that a sandbox that runs for days does not grow. */
const MAX_EXCHANGES = 1_000;

export class Traffic {
  readonly exchanges: Exchange[] = [];

  /** Records a request; the answer is filled in when it comes. */
  start(request: Pick<Exchange, 'direction' | 'url' | 'requestHeaders' | 'requestBody'>): Exchange {
    const exchange: Exchange = { ...request, status: 0, responseHeaders: [], responseBody: '' };
    this.exchanges.push(exchange);
    if (this.exchanges.length > MAX_EXCHANGES) this.exchanges.shift();
    return exchange;
  }
}
