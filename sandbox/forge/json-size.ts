/** How many bytes a value is as JSON in UTF-8, none for `undefined`: what the platform's limits count. */
export function sizeOf(value: unknown): number {
  return value === undefined ? 0 : Buffer.byteLength(JSON.stringify(value));
}
