/** The page's end of the message channel to the app's iframe. */
import { type FromFrame, isFunctionReference, isRecord, messageOf, type ToFrame } from './messages';
import { stats, violate } from './violations';

/**
 * A function of the app. The promise is fulfilled when the iframe has run it: not when a promise that it
 * returned is settled, which no caller here needs. What it throws is recorded as a violation.
 */
export interface AppFunction {
  (...args: unknown[]): Promise<void>;
  /** Lets the iframe forget it. Functions in documents need no release. */
  release: () => void;
}

export interface AppFrameOptions {
  /** Address of the app's document. */
  src: string;
  /** Added to each message, each way, in milliseconds: a slow browser or a busy main thread. */
  delayMs: number;
  /** Runs a bridge command; its data has functions of the app in it that can be called. */
  runCommand: (command: string, data: unknown) => Promise<unknown>;
  /** The app's script ended with an error. */
  onCrash: (message: string) => void;
}

export class AppFrame {
  private readonly element = document.createElement('iframe');
  private readonly ran = new Map<number, () => void>();
  private calls = 0;

  constructor(private readonly options: AppFrameOptions) {
    // Scripts only: the app has an opaque origin, no cookies, no way into the page around it.
    this.element.setAttribute('sandbox', 'allow-scripts');
    this.element.title = 'The app';
    this.element.hidden = true;
    this.element.src = options.src;
    window.addEventListener('message', (event: MessageEvent<FromFrame>) => {
      if (event.source !== this.element.contentWindow) return;
      const message = event.data;
      this.later(() => this.receive(message));
    });
  }

  /** Loads the app. */
  start(): void {
    document.body.append(this.element);
  }

  private receive(message: FromFrame): void {
    switch (message.kind) {
      case 'bridge':
        stats.functions = message.functions;
        void this.answer(message.call, message.command, message.data);
        break;
      case 'ran':
        this.ran.get(message.call)?.();
        this.ran.delete(message.call);
        break;
      case 'threw':
        violate(`a handler of the app failed: ${message.message}`);
        break;
      case 'crashed':
        this.options.onCrash(message.message);
        break;
      case 'refused-by-policy':
        violate(`the app's iframe was refused ${message.message}`);
        break;
    }
  }

  private async answer(call: number, command: string, data: unknown): Promise<void> {
    try {
      const value = await this.options.runCommand(command, this.decode(data));
      this.send({ kind: 'resolve', call, value });
    } catch (error) {
      this.send({ kind: 'reject', call, message: messageOf(error) });
    }
  }

  /** Puts something to call in the place of each function reference. */
  private decode(value: unknown): unknown {
    if (isFunctionReference(value)) return this.functionOf(value.id);
    if (Array.isArray(value)) return value.map((item) => this.decode(item));
    if (!isRecord(value) || Object.getPrototypeOf(value) !== Object.prototype) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, this.decode(item)]),
    );
  }

  private functionOf(id: string): AppFunction {
    const run = (...args: unknown[]) =>
      new Promise<void>((resolve) => {
        const call = (this.calls += 1);
        this.ran.set(call, resolve);
        this.send({ kind: 'call', call, id, args });
      });
    return Object.assign(run, { release: () => this.send({ kind: 'release', ids: [id] }) });
  }

  private send(message: ToFrame): void {
    // `*`: an opaque origin has no name. Nobody but the app's own document is in that window.
    this.later(() => this.element.contentWindow?.postMessage(message, '*'));
  }

  /** Keeps the order, because equal delays do. */
  private later(run: () => void): void {
    if (this.options.delayMs > 0) window.setTimeout(run, this.options.delayMs);
    else run();
  }
}
