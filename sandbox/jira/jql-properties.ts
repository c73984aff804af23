/** Issue properties in queries, as `issue.property[key].path`: those that an app has had indexed. */
import type { Field } from '@atlaskit/jql-ast';
import { NotModelled } from './errors';
import { EQUALITY, type JqlContext, type JqlField } from './jql-field';

/** A property of issues, and the paths in its value that queries can ask for. */
export interface IndexedProperty {
  propertyKey: string;
  /** As `label.color`. A value there is a text, or a list of texts. */
  paths: readonly string[];
}

/** @throws NotModelled for what no app has had indexed: no page says how Jira answers then */
export function propertyField(
  { value, properties }: Pick<Field, 'value' | 'properties'>,
  { view: { store } }: JqlContext,
): JqlField {
  const [property, ...others] = properties ?? [];
  const key = property?.key?.value ?? '';
  const path = (property?.path ?? [])
    .map((step) => step.value)
    .join('')
    .replace(/^\./, '');
  const isIndexed = store.indexedProperties.some(
    ({ propertyKey, paths }) => propertyKey === key && paths.includes(path),
  );
  if (value.toLowerCase() !== 'issue.property' || others.length > 0 || !isIndexed) {
    throw new NotModelled(`'${value}[${key}].${path}' in JQL`);
  }
  return {
    operators: EQUALITY,
    // As it is now: an index that is behind is one of issues.
    of: ({ id }) => textsAt(store.issues.property(id, key), path.split('.')),
    // The whole text, as it stands (UNVERIFIED that case counts).
    read: (text) => [text],
  };
}

function textsAt(value: unknown, path: readonly string[]): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => textsAt(one, path));
  const [step, ...rest] = path;
  if (step === undefined) return typeof value === 'string' ? [value] : [];
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return [];
  return textsAt((value as Record<string, unknown>)[step], rest);
}
