/**
 * The requests between local sites that are on their way, in either direction: while there is one, something
 * moves although no clock does. What the other site's app is doing meanwhile is that site's to say.
 */
import { randomUUID } from 'node:crypto';

/** Carries a hop's id to the other site's server, which takes it off. */
export const HOP_HEADER = 'x-sandbox-hop';

export class Wire {
  /** Those that are not over; `true`: moving, `false`: being handled at the other end. */
  private readonly hops = new Map<string, boolean>();

  get isQuiet(): boolean {
    return ![...this.hops.values()].includes(true);
  }

  /** A request leaves. Returns its id. */
  sent(): string {
    const id = randomUUID();
    this.hops.set(id, true);
    return id;
  }

  /** It has come, and the other site's app is called. */
  arrived(id: string): void {
    if (this.hops.has(id)) this.hops.set(id, false);
  }

  /** The answer leaves. */
  answered(id: string): void {
    if (this.hops.has(id)) this.hops.set(id, true);
  }

  /** The answer has been read, or nobody waits for it any more. */
  over(id: string): void {
    this.hops.delete(id);
  }
}
