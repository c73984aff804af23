/** Which remotes call us by themselves: these need not be asked. */
import { z } from 'zod';
import { setFact } from '../connection/facts';
import type { ConnectionStores } from '../connection/ports';
import { factName } from '../connection/records';

export type Mode = 'active' | 'passive';

export interface RemoteModes {
  /** Writes down what a remote has said of itself, where that is news. */
  note(connection: string, mode: Mode, now: number): Promise<void>;
  /** Whether the remote is known to call by itself. */
  isActive(connection: string, now: number): Promise<boolean>;
}

/** A remote may have become passive since: what is older is not known any more. */
const KNOWN_MS = 60 * 60_000;
/** Renewed in time, as long as there is an exchange now and then. */
const RENEWED_MS = KNOWN_MS / 2;

const noteSchema = z.object({ mode: z.enum(['active', 'passive']), at: z.number() });
type Note = z.infer<typeof noteSchema>;

/** Asks the store once in a process: only ids, modes and times are kept. */
export function remoteModes(stores: ConnectionStores): RemoteModes {
  const kept = new Map<string, Note>();
  const read = async (connection: string): Promise<Note | undefined> =>
    noteSchema.safeParse(await stores.facts.find(factName.remoteMode(connection))).data;
  const isFresh = (note: Note | undefined, mode: Mode, now: number, age: number) =>
    note?.mode === mode && now - note.at < age;
  return {
    note: async (connection, mode, now) => {
      if (isFresh(kept.get(connection), mode, now, RENEWED_MS)) return;
      const stored = await read(connection);
      const isNews = !isFresh(stored, mode, now, RENEWED_MS);
      const note = isNews || !stored ? { mode, at: now } : stored;
      if (isNews) await setFact(stores, connection, factName.remoteMode(connection), note);
      kept.set(connection, note);
    },
    isActive: async (connection, now) => isFresh(await read(connection), 'active', now, KNOWN_MS),
  };
}
