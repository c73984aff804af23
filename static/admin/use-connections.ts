import { useCallback, useEffect, useState } from 'react';
import type { ApiError, ConnectionView } from '../../src/entry/admin/api';
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

export interface Connections {
  /** `loading`: for the first time; a reload keeps showing what is known. */
  state: 'loading' | 'loaded' | 'failed' | 'forbidden';
  isReloading: boolean;
  all: readonly ConnectionView[];
  /** Of the last listing. */
  errors: readonly ApiError[];
  reload: () => Promise<void>;
  /** Takes over what an answer said, without asking again. */
  put: (connection: ConnectionView) => void;
  patch: (id: string, changed: ConnectionPatch) => void;
  drop: (id: string) => void;
}

/** The connections of this site. */
export function useConnections(): Connections {
  const [known, setKnown] = useState<KnownConnections>(NO_CONNECTIONS);
  const [state, setState] = useState<Connections['state']>('loading');
  const [isReloading, setIsReloading] = useState(false);
  const [errors, setErrors] = useState<readonly ApiError[]>([]);
  const reload = useCallback(async () => {
    setIsReloading(true);
    const answer = await listConnections();
    setIsReloading(false);
    if (answer.ok) {
      setKnown((before) => withListing(before, answer.value));
      setErrors([]);
      setState('loaded');
      return;
    }
    setErrors(answer.errors);
    if (answer.errors.some(({ code }) => code === 'forbidden')) setState('forbidden');
    else setState((before) => (before === 'loaded' ? 'loaded' : 'failed'));
  }, []);
  useEffect(() => void reload(), [reload]);
  const put = useCallback(
    (connection: ConnectionView) => setKnown((before) => withConnection(before, connection)),
    [],
  );
  const patch = useCallback(
    (id: string, changed: ConnectionPatch) => setKnown((before) => withPatch(before, id, changed)),
    [],
  );
  const drop = useCallback((id: string) => setKnown((before) => withoutConnection(before, id)), []);
  return { state, isReloading, all: known.all, errors, reload, put, patch, drop };
}
