/** Requests with something else in the place of one of their parts. */
import fc from 'fast-check';

/** Every place in a JSON value, as a path. */
function placesIn(json: unknown, path: string[] = []): string[][] {
  if (typeof json !== 'object' || json === null) return [path];
  const inner = Object.entries(json).flatMap(([name, one]) => placesIn(one, [...path, name]));
  return [path, ...inner];
}

function replaced(json: unknown, [name, ...rest]: string[], by: unknown): unknown {
  if (name === undefined) return by;
  if (Array.isArray(json)) {
    return json.map((one: unknown, at) => (String(at) === name ? replaced(one, rest, by) : one));
  }
  const record = json as Record<string, unknown>;
  return { ...record, [name]: replaced(record[name], rest, by) };
}

const anything = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(null, -1, Infinity, '', 'x'.repeat(300), [], {}, { constructor: 1 }),
  fc.constant(JSON.parse('{"__proto__":{"polluted":true}}')),
);

/** `request` with anything in the place of one member of its op's own, or of a part of it. */
export function spoiled(request: object): fc.Arbitrary<unknown> {
  const places = placesIn(request).filter(
    ([first = '']) => !['protocol', 'kind', 'op', 'from', 'to', ''].includes(first),
  );
  return fc
    .tuple(fc.constantFrom(...places), anything)
    .map(([place, by]) => replaced(request, place, by));
}
