/** Controlled fields over a bridge that answers late. */
import { useState } from 'react';
import { type AppFunction } from './app-frame';

/**
 * What a field shows, and how to change it. While the app has not run `onChange` for everything that was
 * typed, the field shows what was typed; then it shows the app's value. A field that always showed the
 * app's value would lose each character typed before the bridge has come back.
 *
 * Without a value from the app the field is uncontrolled: it keeps its own.
 */
export function useControlledValue<T>(
  fromApp: T | undefined,
  onChange: AppFunction | undefined,
): [shown: T | undefined, change: (value: T, argument: unknown) => void] {
  const [local, setLocal] = useState(fromApp);
  const [unanswered, setUnanswered] = useState(0);
  const change = (value: T, argument: unknown) => {
    if (!onChange) return;
    setLocal(() => value);
    setUnanswered((count) => count + 1);
    void onChange(argument).then(() => setUnanswered((count) => count - 1));
  };
  return [fromApp !== undefined && unanswered > 0 ? local : fromApp, change];
}
