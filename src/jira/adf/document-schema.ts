/**
 * What is taken for a document, from a remote or from Jira: bounded before anything walks it, by a check that
 * is no recursion itself. Jira's own rules of what may be in what are Jira's to check.
 */
import { z } from 'zod';
import { MARK_TYPES, NODE_TYPES, type AdfDocument } from './node';

/**
 * Our own bounds. Jira takes 32,767 characters of text in a field; a table of one-letter cells has the most
 * nodes for it. Every value counts: nodes, marks and what is in attributes.
 */
export const MAX_DOCUMENT_VALUES = 60_000;
export const MAX_DOCUMENT_DEPTH = 60;
/** Characters of all texts and keys. */
export const MAX_DOCUMENT_CHARACTERS = 1_000_000;

type Role = 'doc' | 'node' | 'mark' | 'attribute';

interface Visit {
  value: unknown;
  role: Role;
  depth: number;
}

const KEYS: Record<Exclude<Role, 'attribute'>, ReadonlySet<string>> = {
  doc: new Set(['type', 'version', 'content']),
  node: new Set(['type', 'attrs', 'content', 'marks', 'text']),
  mark: new Set(['type', 'attrs']),
};

/** Keys that reach into what every object inherits. */
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

const LINK_KEYS = new Set(['href', 'url']);

/** Jira drops such links too; white space and control characters within do not disguise one. */
const DANGEROUS_LINK = /^(javascript|vbscript|data):/i;

/** What is wrong with `document`, or `undefined`. `knownTypes`: a type of node or mark that is not in `node.ts` is wrong. */
function faultIn(document: unknown, knownTypes: boolean): string | undefined {
  const open: Visit[] = [{ value: document, role: 'doc', depth: 0 }];
  let values = 0;
  let characters = 0;
  for (let visit = open.pop(); visit !== undefined; visit = open.pop()) {
    const { value, role, depth } = visit;
    values += 1;
    if (depth > MAX_DOCUMENT_DEPTH) return 'The document is nested too deeply.';
    if (typeof value === 'string') characters += value.length;
    if (typeof value !== 'object' || value === null) {
      if (role === 'attribute') continue;
      return `Each ${role} must be an object.`;
    }
    // Counted before they are put on the list: an array may have a million members.
    const members = Object.entries(value);
    if (values + open.length + members.length > MAX_DOCUMENT_VALUES) {
      return 'The document has too many parts.';
    }
    const fault =
      role === 'attribute'
        ? enterAttribute(members, depth, open)
        : enterPart(value, members, role, depth, open, knownTypes);
    if (fault !== undefined) return fault;
    if (!Array.isArray(value)) {
      characters += members.reduce((sum, [key]) => sum + key.length, 0);
    }
    if (characters > MAX_DOCUMENT_CHARACTERS) return 'The document is too long.';
  }
  return characters > MAX_DOCUMENT_CHARACTERS ? 'The document is too long.' : undefined;
}

function enterAttribute(
  members: [string, unknown][],
  depth: number,
  open: Visit[],
): string | undefined {
  for (const [key, value] of members) {
    if (FORBIDDEN_KEYS.has(key)) return `No attribute may be called ${key}.`;
    if (LINK_KEYS.has(key) && typeof value === 'string' && isDangerousLink(value)) {
      return 'A link leads to a script.';
    }
    open.push({ value, role: 'attribute', depth: depth + 1 });
  }
  return undefined;
}

/** A browser leaves white space and control characters out of a link. */
const isDangerousLink = (link: string) => DANGEROUS_LINK.test(link.replace(/[\s\p{Cc}]/gu, ''));

function enterPart(
  part: object,
  members: [string, unknown][],
  role: Exclude<Role, 'attribute'>,
  depth: number,
  open: Visit[],
  knownTypes: boolean,
): string | undefined {
  if (Array.isArray(part)) return `Each ${role} must be an object.`;
  const type = Object.hasOwn(part, 'type') ? (part as { type: unknown }).type : undefined;
  if (typeof type !== 'string') return `A ${role} has no type.`;
  if ((role === 'doc') !== (type === 'doc'))
    return 'A document is the outermost part, and only that.';
  const known = role === 'mark' ? MARK_TYPES : NODE_TYPES;
  if (knownTypes && role !== 'doc' && !known.has(type)) return `There is no ${role} of this type.`;
  for (const [key, value] of members) {
    if (!KEYS[role].has(key)) return `A ${role} has a member that is not known.`;
    const fault = enterMember(key, value, role, type, depth, open);
    if (fault !== undefined) return fault;
  }
  if (role === 'doc' && !('content' in part && 'version' in part))
    return 'The document is not whole.';
  return type === 'text' && !('text' in part) ? 'A text has no text.' : undefined;
}

function enterMember(
  key: string,
  value: unknown,
  role: Role,
  type: string,
  depth: number,
  open: Visit[],
): string | undefined {
  switch (key) {
    case 'type':
      return undefined;
    case 'version':
      return value === 1 ? undefined : 'The document is of another version than 1.';
    case 'text':
      if (type !== 'text' || typeof value !== 'string') return 'Only a text has text.';
      open.push({ value, role: 'attribute', depth: depth + 1 });
      return undefined;
    case 'attrs':
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        return `The attributes of a ${role} must be an object.`;
      }
      open.push({ value, role: 'attribute', depth: depth + 1 });
      return undefined;
    default:
      return enterChildren(key === 'marks' ? 'mark' : 'node', value, depth, open);
  }
}

function enterChildren(
  role: 'node' | 'mark',
  value: unknown,
  depth: number,
  open: Visit[],
): string | undefined {
  if (!Array.isArray(value)) return `The ${role}s of a part must be a list.`;
  if (open.length + value.length > MAX_DOCUMENT_VALUES) return 'The document has too many parts.';
  for (const child of value) open.push({ value: child, role, depth: depth + 1 });
  return undefined;
}

const documentSchema = (knownTypes: boolean) =>
  z.unknown().transform((value, context): AdfDocument => {
    const fault = faultIn(value, knownTypes);
    if (fault === undefined) return value as AdfDocument;
    context.addIssue({ code: 'custom', message: fault });
    return z.NEVER;
  });

/** A document that travels: of known types only. */
export const adfDocumentSchema = documentSchema(true);

/** A document as our Jira says it: it may use types that are newer than this app. */
export const jiraDocumentSchema = documentSchema(false);
