/** What the parts of the fixture tell of the events that they get. */

/** A handler for the event of that name, as `Button.onClick`: it logs all that it is called with. */
export type Log = (event: string) => (...args: unknown[]) => void;

export interface PartProps {
  log: Log;
}
