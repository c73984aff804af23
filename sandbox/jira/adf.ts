/**
 * Atlassian Document Format, in descriptions, environments, multi-line text fields and comments: valid by
 * Atlassian's own schema (`@atlaskit/adf-schema`), and normalized on write.
 */
import Ajv, { type ValidateFunction } from 'ajv';
import { createRequire } from 'node:module';
import { FieldFault, type FieldUse } from './field-type';
import { JiraRefusal, json } from './errors';

/** A document, or a part of one: the schema knows the rest. */
export interface AdfNode {
  type: string;
  attrs?: Record<string, unknown>;
  marks?: { type: string; attrs?: Record<string, unknown> }[];
  content?: AdfNode[];
  text?: string;
}

export interface AdfDocument extends AdfNode {
  type: 'doc';
  version: number;
}

/** Jira's limit of a text field. Counted in the document's text (UNVERIFIED: it may be markup or JSON). */
const MAX_TEXT = 32_767;

/**
 * Reads the document that a request gives for a field.
 *
 * @throws FieldFault for what is no document at all, or is too long
 * @throws JiraRefusal 400 `INVALID_INPUT` for a document that is not valid ([2nd]: no field is named)
 */
export function readDocument(input: unknown, { view }: Pick<FieldUse, 'view'>): AdfDocument {
  if (!isDocument(input)) {
    throw new FieldFault(
      'Operation value must be an Atlassian Document (see the Atlassian Document Format)',
    );
  }
  if (!isValid(input)) {
    throw new JiraRefusal(json(400, { errorMessages: ['INVALID_INPUT'], errors: {} }));
  }
  if (textOf(input).length > MAX_TEXT) {
    throw new FieldFault(
      'The entered text is too long. It exceeds the allowed limit of 32,767 characters.',
    );
  }
  const nameOf = (accountId: string) => view.store.user(accountId)?.displayName;
  return { ...normalized(input, nameOf), type: 'doc', version: input.version };
}

/** The document's text, a line for each block. */
export function textOf(node: AdfNode): string {
  if (node.type === 'text') return node.text ?? '';
  if (node.type === 'hardBreak') return '\n';
  const attribute = node.attrs?.text ?? node.attrs?.shortName ?? node.attrs?.url;
  if (!node.content) return typeof attribute === 'string' ? attribute : '';
  const isBlockOfText = node.content.every(({ type }) => INLINE.has(type));
  return node.content.map(textOf).join(isBlockOfText ? '' : '\n');
}

const INLINE = new Set([
  ...['text', 'hardBreak', 'mention', 'emoji', 'date', 'status', 'inlineCard', 'placeholder'],
  ...['mediaInline', 'inlineExtension'],
]);

/** Whether it says of itself that it is a document; whether it is a valid one is another question. */
export function isDocument(input: unknown): input is AdfDocument {
  return typeof input === 'object' && input !== null && 'type' in input && input.type === 'doc';
}

let validate: ValidateFunction | undefined;

function isValid(document: AdfDocument): boolean {
  validate ??= compile();
  return validate(document);
}

/** On first use: it takes a third of a second, and most tests write no document. */
function compile(): ValidateFunction {
  const load = createRequire(__filename);
  // Of draft 4, which Ajv 8 does not know by name; the schema uses no keyword that changed since.
  const { $schema, ...schema } = load('@atlaskit/adf-schema/json-schema/v1/full.json') as Record<
    string,
    unknown
  >;
  if ($schema !== 'http://json-schema.org/draft-04/schema#') {
    throw new Error(`The schema of ADF is in another language now: ${String($schema)}`);
  }
  return new Ajv({ strict: false, validateSchema: false }).compile(schema);
}

/**
 * What Jira makes of a document before it keeps it, all UNVERIFIED: empty `marks` and `attrs` are dropped,
 * neighbouring texts with the same marks become one, and a mention gets the name of who is mentioned.
 */
function normalized(node: AdfNode, nameOf: (accountId: string) => string | undefined): AdfNode {
  const { marks, attrs, content, ...rest } = node;
  const kept: AdfNode = { ...rest };
  if (attrs && Object.keys(attrs).length > 0) {
    kept.attrs = node.type === 'mention' ? mentionAttributes(attrs, nameOf) : attrs;
  }
  if (content) kept.content = joinTexts(content.map((child) => normalized(child, nameOf)));
  if (marks && marks.length > 0) kept.marks = marks;
  return kept;
}

function mentionAttributes(
  attrs: Record<string, unknown>,
  nameOf: (accountId: string) => string | undefined,
): Record<string, unknown> {
  const name = nameOf(String(attrs.id));
  const text = attrs.text ?? (name === undefined ? undefined : `@${name}`);
  return {
    ...attrs,
    ...(text === undefined ? {} : { text }),
    accessLevel: attrs.accessLevel ?? '',
  };
}

function joinTexts(nodes: AdfNode[]): AdfNode[] {
  const joined: AdfNode[] = [];
  for (const node of nodes) {
    const last = joined.at(-1);
    if (last?.type === 'text' && node.type === 'text' && sameMarks(last, node)) {
      last.text = (last.text ?? '') + (node.text ?? '');
    } else {
      joined.push(node);
    }
  }
  return joined;
}

const sameMarks = (one: AdfNode, other: AdfNode): boolean =>
  JSON.stringify(one.marks ?? []) === JSON.stringify(other.marks ?? []);
