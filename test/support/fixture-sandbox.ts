/** The sandbox with the fixture app instead of the real one. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Sandbox, type SandboxOptions } from '../../sandbox';

/** Without scheduled triggers if not said: tests of stored values let years pass. */
export function startFixture(options: SandboxOptions = {}): Promise<Sandbox> {
  return Sandbox.start({
    projectRoot: join(__dirname, 'fixture-app'),
    schedules: false,
    ...options,
  });
}

export type Respond = (request: IncomingMessage, response: ServerResponse) => void;

/** An HTTP server that is no local site, as a remote would be. */
export class RemoteServer {
  private constructor(
    private readonly server: Server,
    readonly base: string,
  ) {}

  static async start(respond: Respond): Promise<RemoteServer> {
    const server = createServer(respond);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new RemoteServer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }
}
