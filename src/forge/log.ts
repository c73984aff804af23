/** The app's log: the one place that writes to it. No value of Jira's or of a connection's may get into it. */

/** Where in the code it happened: an error's own words may hold anything. */
export function logUnexpected(where: string, error: unknown): void {
  const name = error instanceof Error ? error.name : typeof error;
  const frames = error instanceof Error ? (error.stack ?? '').split('\n') : [];
  const places = frames.filter((line) => /^\s+at /.test(line)).slice(0, 5);
  // eslint-disable-next-line no-console -- The log of a Forge app is its console.
  console.error([`Unexpected, with ${where}: ${name}`, ...places].join('\n'));
}
