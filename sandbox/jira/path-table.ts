/** Finds what belongs to a path among templates as `/issue/{issueIdOrKey}/properties/{propertyKey}`. */

export interface PathMatch<T> {
  value: T;
  /** The parameters' values, decoded. */
  params: Record<string, string>;
}

interface Row<T> {
  template: string;
  segments: string[];
  value: T;
}

export class PathTable<T> {
  /** By number of segments: only those can match. */
  private readonly rows = new Map<number, Row<T>[]>();

  constructor(entries: Iterable<readonly [template: string, value: T]>) {
    for (const [template, value] of entries) {
      const segments = template.split('/');
      const rows = this.rows.get(segments.length) ?? [];
      this.rows.set(segments.length, [...rows, { template, segments, value }]);
    }
  }

  /** All values of the best template: a literal segment goes before a parameter, from the left. */
  find(path: string): PathMatch<T>[] {
    const given = path.split('/');
    const matching = (this.rows.get(given.length) ?? []).flatMap((row) => {
      const params = match(row.segments, given);
      return params === undefined ? [] : [{ row, params }];
    });
    const [best] = matching.map(({ row }) => row.template).sort(literalFirst);
    return matching
      .filter(({ row }) => row.template === best)
      .map(({ row, params }) => ({ value: row.value, params }));
  }
}

function match(segments: string[], given: string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const text = given[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    if (name === undefined ? segment !== text : text === '') return undefined;
    if (name !== undefined) params[name] = decode(text);
  }
  return params;
}

/** What is no valid escape stays as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `{` sorts after every letter. */
const literalFirst = (one: string, other: string): number => (one < other ? -1 : 1);
