import { useRef, useState } from 'react';

export interface OneAtATime<Work> {
  /** What runs at the moment. */
  busy: Work | undefined;
  /** Does nothing while something runs. */
  alone: (what: Work, work: () => Promise<void>) => Promise<void>;
}

/** Runs one thing at a time: a second click may arrive before the button is drawn as busy. */
export function useOneAtATime<Work>(): OneAtATime<Work> {
  const [busy, setBusy] = useState<Work>();
  const inFlight = useRef(false);
  const alone = async (what: Work, work: () => Promise<void>): Promise<void> => {
    if (inFlight.current) return;
    inFlight.current = true;
    setBusy(() => what);
    try {
      await work();
    } finally {
      inFlight.current = false;
      setBusy(undefined);
    }
  };
  return { busy, alone };
}
