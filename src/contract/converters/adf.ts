/**
 * Formatted text, whole. What cannot go along (files until attachments are synchronized, content of apps,
 * mentions of people who are nobody here) is told where it would stand, and put back when the text comes home:
 * `src/jira/adf/stand-ins.ts` says what happens when somebody edits it meanwhile.
 */
import {
  canonicalDocument,
  isEmptyDocument,
  writableDocument,
} from '../../jira/adf/canonical-document';
import { jiraDocumentSchema } from '../../jira/adf/document-schema';
import { changeMentions } from '../../jira/adf/mentions';
import type { AdfDocument } from '../../jira/adf/node';
import { documentOfText, plainTextOf } from '../../jira/adf/plain-text';
import { isOfKnownType, restoreNodes, withStandIns } from '../../jira/adf/stand-ins';
import { MAX_TEXT, type AliasValue } from '../alias-value';
import type { SpecOf } from '../mapping';
import { refusal } from '../refusal';
import { isRefused, type Converter, type FieldHere } from './converter';
import { accountHere, remotePerson, type Directory } from './person';
import { parseField, readingOf, writeEmpty } from './reading';
import { textOf } from './text';

type AdfSpec = Pick<SpecOf<'adf'>, 'mentions' | 'exposes'>;

/** Not lossy: what is not copied is not lost either. Takes every other form as plain text. */
export const adfConverter = (
  field: FieldHere & { kind: 'rich-text' },
  spec: AdfSpec,
  directory: Directory,
): Converter => ({
  lossy: false,
  read: (json) => {
    const result = parseField(field, jiraDocumentSchema.nullable(), json ?? null);
    if (isRefused(result)) return result;
    if (result.parsed === null) return readingOf(field, null);
    const ours = changeMentions(result.parsed, (mention) => mention);
    if (isEmptyDocument(ours)) return readingOf(field, null);
    const value: AliasValue = { form: 'rich-text', document: documentForRemote(ours, spec) };
    // A person who is renamed changes nothing in the document.
    return readingOf(
      field,
      value,
      changeMentions(ours, (mention) => ({ ...mention, name: '' })),
    );
  },
  write: (value, current) => {
    if (value === null) return writeEmpty(field);
    const document =
      value.form === 'rich-text'
        ? documentForUs(value.document, spec, directory)
        : documentOfText(textOf(value));
    const { data: original } = jiraDocumentSchema.nullish().safeParse(current);
    const restored = original ? restoreNodes(document, original) : canonicalDocument(document);
    if (isEmptyDocument(restored)) return writeEmpty(field);
    if (plainTextOf(restored).length > MAX_TEXT) {
      return refusal(
        'too-long',
        `The field ${field.name} takes at most ${MAX_TEXT} characters: shorten the text on the other site.`,
      );
    }
    return { json: writableDocument(restored) };
  },
});

/** A document of ours as it travels: of types that every side knows, account ids only if they may be told. */
export const documentForRemote = (ours: AdfDocument, { exposes }: Pick<AdfSpec, 'exposes'>) =>
  changeMentions(withStandIns(ours, isOfKnownType), (mention) =>
    exposes.accountId ? mention : { ...mention, accountId: '' },
  );

/** A document that came, as it can be here: nobody is mentioned who is not known to be that person. */
export function documentForUs(
  theirs: AdfDocument,
  { mentions }: Pick<AdfSpec, 'mentions'>,
  directory: Directory,
): AdfDocument {
  const mapped = changeMentions(theirs, (mention) => {
    const accountId = accountHere(remotePerson(mention), mentions, directory);
    return accountId === undefined ? undefined : { accountId, name: mention.name };
  });
  return withStandIns(mapped, nothingIsHere);
}

/** Attachments are not synchronized yet, and apps have no way to say that they are on both sites. */
const nothingIsHere = (): boolean => false;
