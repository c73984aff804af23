/** What an app does with Node's own modules, and with too many words. */
import { get } from 'node:http';
import { connect } from 'node:net';
import { connect as connectByTls } from 'node:tls';

type Define = <T>(key: string, run: (payload: T) => unknown) => void;

type Module = 'http' | 'net' | 'tls';

/** The message of what fails, `undefined` where nothing does. */
const open: Record<Module, (port: number) => Promise<unknown>> = {
  http: (port) =>
    new Promise((resolve, reject) => get({ port }, resolve).on('error', reject)).then(
      () => undefined,
    ),
  net: (port) => connected(connect(port, '127.0.0.1')),
  tls: (port) => connected(connectByTls({ port, rejectUnauthorized: false })),
};

const connected = (socket: ReturnType<typeof connect>): Promise<undefined> =>
  new Promise((resolve, reject) => {
    socket.on('connect', () => resolve(undefined)).on('error', reject);
  });

export function defineRuntimeCalls(define: Define): void {
  define('open-socket', async ({ module, port }: { module: Module; port: number }) => {
    try {
      return await open[module](port);
    } catch (error) {
      return String(error);
    }
  });
  define('log-often', ({ times, bytes }: { times: number; bytes: number }) => {
    for (let count = 0; count < times; count += 1) console.log('x'.repeat(bytes));
  });
}
