/** Which parts of the issues that it found a search answers with. */
import { NotModelled, refusal } from './errors';
import {
  COMMENTS_OF_MANY,
  describedFields,
  fieldFilter,
  issueShape,
  type IssueParts,
} from './issue-shapes';
import type { JiraIssue } from './issue-store';
import type { View } from './shapes';

/** OpenAPI description, "A list of up to 5 issue properties". */
const MAX_PROPERTIES = 5;

interface SearchParts extends IssueParts {
  /** Only ids and keys: then a page has the most issues. */
  isSmall: boolean;
  /** Only ids, as by default. */
  isIdOnly: boolean;
}

interface Asked {
  fields?: string[] | null | undefined;
  properties?: string[] | null | undefined;
  expand?: string | null | undefined;
}

const MODELLED = new Set(['names', 'schema', 'changelog']);

/** Real, and not modelled. */
const UNMODELLED = new Set([
  ...['renderedFields', 'transitions', 'operations', 'editmeta', 'versionedRepresentations'],
]);

/** @throws JiraRefusal 400 @throws NotModelled */
export function readSearchParts({ fields, properties, expand }: Asked): SearchParts {
  const expanded = listIn([expand ?? '']);
  for (const name of expanded) {
    if (UNMODELLED.has(name)) throw new NotModelled(`a search with expand=${name}`);
  }
  const wanted = listIn(fields ?? []);
  const keys = listIn(properties ?? []);
  if (keys.length > MAX_PROPERTIES) {
    throw refusal(400, [`At most ${MAX_PROPERTIES} properties can be asked for.`]); // UNVERIFIED
  }
  const isPlain = keys.length === 0 && !expanded.some((name) => MODELLED.has(name));
  const isSmall = isPlain && wanted.every((name) => name === 'id' || name === 'key');
  return {
    fields: wanted.length === 0 ? () => false : fieldFilter(new Set(wanted), '*navigable'),
    properties: new Set(keys),
    expand: new Set(expanded),
    maxComments: COMMENTS_OF_MANY,
    isSmall,
    isIdOnly: isSmall && !wanted.includes('key'),
  };
}

const listIn = (lists: string[]): string[] =>
  lists
    .flatMap((list) => list.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** Names and schemas of fields are told once, for all issues. */
export function foundShape(view: View, issues: JiraIssue[], parts: SearchParts) {
  const expand = new Set([...parts.expand].filter((name) => name === 'changelog'));
  const shapes = issues.map((issue) => {
    if (parts.isIdOnly) return { id: issue.id };
    const { fields, ...shape } = issueShape(view, issue, { ...parts, expand });
    return Object.keys(fields).length > 0 ? { ...shape, fields } : shape;
  });
  const described = describedFields(view).filter(({ id }) => parts.fields(id));
  return {
    issues: shapes,
    ...(parts.expand.has('names')
      ? { names: Object.fromEntries(described.map(({ id, name }) => [id, name])) }
      : {}),
    ...(parts.expand.has('schema')
      ? { schema: Object.fromEntries(described.map(({ id, schema }) => [id, schema])) }
      : {}),
  };
}
