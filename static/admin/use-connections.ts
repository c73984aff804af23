import { useCallback, useState } from 'react';
import type { ConnectionView } from '../../src/entry/admin/api';
import { listConnections } from './api';
import {
  NO_CONNECTIONS,
  withConnection,
  withListing,
  withoutConnection,
  withPatch,
  type ConnectionPatch,
  type KnownConnections,
} from './known-connections';
import { useAnswer, type Asked } from './use-answer';

export interface Connections extends Asked {
  all: readonly ConnectionView[];
  /** Takes over what an answer said, without asking again. */
  put: (connection: ConnectionView) => void;
  patch: (id: string, changed: ConnectionPatch) => void;
  drop: (id: string) => void;
}

/** The connections of this site. */
export function useConnections(): Connections {
  const [known, setKnown] = useState<KnownConnections>(NO_CONNECTIONS);
  const take = useCallback(
    (listed: ConnectionView[]) => setKnown((before) => withListing(before, listed)),
    [],
  );
  const asked = useAnswer(listConnections, take);
  const put = useCallback(
    (connection: ConnectionView) => setKnown((before) => withConnection(before, connection)),
    [],
  );
  const patch = useCallback(
    (id: string, changed: ConnectionPatch) => setKnown((before) => withPatch(before, id, changed)),
    [],
  );
  const drop = useCallback((id: string) => setKnown((before) => withoutConnection(before, id)), []);
  return { ...asked, all: known.all, put, patch, drop };
}
