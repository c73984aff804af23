import { useCallback, useEffect, useState } from 'react';
import type { AdminApi } from '../../src/entry/admin/api';
import { describeSite } from './api';

export type Site = AdminApi['site/describe']['value'];

export type SiteState =
  | { kind: 'loading' }
  | { kind: 'failed'; message: string; retry: () => void }
  | { kind: 'loaded'; site: Site };

/** What the other admin must know of this site. */
export function useSite(): SiteState {
  const [state, setState] = useState<SiteState>({ kind: 'loading' });
  const load = useCallback(async () => {
    setState({ kind: 'loading' });
    const answer = await describeSite();
    if (answer.ok) setState({ kind: 'loaded', site: answer.value });
    else {
      const message = answer.errors.map((error) => error.message).join(' ');
      setState({ kind: 'failed', message, retry: () => void load() });
    }
  }, []);
  useEffect(() => void load(), [load]);
  return state;
}
