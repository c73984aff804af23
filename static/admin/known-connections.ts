/**
 * The list as the page knows it. On Forge a query lags behind what was just stored, so a listing may miss
 * a connection that this page has added, and still have one that it has removed.
 */
import type { ConnectionView } from '../../src/entry/admin/api';

export interface KnownConnections {
  /** By name. */
  all: readonly ConnectionView[];
  /** Ids that this page has added, until a listing has them. */
  added: ReadonlySet<string>;
  /** Ids that this page has removed. */
  removed: ReadonlySet<string>;
}

/** What an answer says of a connection. */
export interface ConnectionPatch {
  lastTest?: NonNullable<ConnectionView['lastTest']>;
  rotationEndsAt?: undefined;
  contracts?: number;
}

export const NO_CONNECTIONS: KnownConnections = { all: [], added: new Set(), removed: new Set() };

/** After a new listing. */
export function withListing(
  known: KnownConnections,
  listed: readonly ConnectionView[],
): KnownConnections {
  const ids = new Set(listed.map(({ id }) => id));
  const missing = known.all.filter(({ id }) => known.added.has(id) && !ids.has(id));
  return {
    ...known,
    all: byName([...listed.filter(({ id }) => !known.removed.has(id)), ...missing]),
    added: new Set(missing.map(({ id }) => id)),
  };
}

/** After one was added or changed. */
export function withConnection(known: KnownConnections, one: ConnectionView): KnownConnections {
  const others = known.all.filter(({ id }) => id !== one.id);
  const isNew = others.length === known.all.length;
  return {
    ...known,
    all: byName([...others, one]),
    added: isNew ? new Set([...known.added, one.id]) : known.added,
  };
}

/** After something of one became known; a field that is `undefined` goes. */
export function withPatch(
  known: KnownConnections,
  id: string,
  changed: ConnectionPatch,
): KnownConnections {
  return { ...known, all: known.all.map((one) => (one.id === id ? patched(one, changed) : one)) };
}

/** After one was removed. */
export function withoutConnection(known: KnownConnections, id: string): KnownConnections {
  return {
    all: known.all.filter((one) => one.id !== id),
    added: new Set([...known.added].filter((added) => added !== id)),
    removed: new Set([...known.removed, id]),
  };
}

function patched(connection: ConnectionView, changed: ConnectionPatch): ConnectionView {
  const next = { ...connection };
  if (changed.lastTest !== undefined) next.lastTest = changed.lastTest;
  if (changed.contracts !== undefined) next.contracts = changed.contracts;
  if ('rotationEndsAt' in changed) delete next.rotationEndsAt;
  return next;
}

function byName(connections: readonly ConnectionView[]): ConnectionView[] {
  return [...connections].sort((a, b) => a.name.localeCompare(b.name));
}
