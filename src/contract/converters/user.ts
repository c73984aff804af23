/** People in fields: by account id, by e-mail, by a table, or always the same one. */
import { z } from 'zod';
import { MAX_NAME } from '../alias-value';
import type { SpecOf } from '../mapping';
import { refusal } from '../refusal';
import {
  isRefused,
  type Converter,
  type FieldHere,
  type Refusable,
  type Writing,
} from './converter';
import { accountHere, type Directory, type RemotePerson } from './person';
import { clash, parseField, readingOf, writeEmpty } from './reading';

const userSchema = z.object({
  accountId: z.string(),
  displayName: z.string(),
  emailAddress: z.string().nullish(),
});

/** Lossy where nobody's place is taken by somebody else or by nobody. */
export const userConverter = (
  field: FieldHere & { kind: 'user' },
  { match, otherwise, exposes }: SpecOf<'user'>,
  directory: Directory,
): Converter => ({
  lossy: otherwise.kind !== 'refuse',
  read: (json) => {
    const result = parseField(field, userSchema.nullable(), json ?? null);
    if (isRefused(result)) return result;
    if (result.parsed === null) return readingOf(field, null);
    const { accountId, displayName, emailAddress } = result.parsed;
    const value = {
      form: 'user' as const,
      displayName: [...displayName].slice(0, MAX_NAME).join('') || accountId,
      ...(exposes.accountId ? { accountId } : {}),
      ...(exposes.email && typeof emailAddress === 'string' ? { email: emailAddress } : {}),
    };
    return readingOf(field, value, { accountId });
  },
  write: (value) => {
    if (value === null) return writeEmpty(field);
    if (value.form !== 'user') return clash(field, value.form);
    const accountId = accountHere(value, match, directory);
    return accountId === undefined
      ? writeOtherwise(field, value, otherwise)
      : { json: { accountId } };
  },
});

function writeOtherwise(
  field: FieldHere,
  person: RemotePerson,
  otherwise: SpecOf<'user'>['otherwise'],
): Refusable<Writing> {
  switch (otherwise.kind) {
    case 'fixed':
      return { json: { accountId: otherwise.accountId } };
    case 'empty':
      // A reporter must not be empty: Jira sets whoever creates the issue.
      return { json: field.required ? undefined : null };
    case 'refuse':
      return refusal(
        'unmapped-user',
        `Nobody here is ${person.displayName}: map them in the contract, for the field ${field.name}.`,
      );
  }
}
