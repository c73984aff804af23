/** What stands where the app wants something that this page does not draw. */
import React, { useEffect } from 'react';
import { violate } from './violations';

/** Says so in red, and records a violation. */
export function Unmodelled({ what }: { what: string }) {
  const message = `unmodelled: ${what}`;
  useEffect(() => violate(message), [message]);
  return <div className="violation">{message}</div>;
}
