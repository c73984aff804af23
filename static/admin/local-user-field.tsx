import React from 'react';
import {
  Checkbox,
  ErrorMessage,
  HelperMessage,
  Label,
  SectionMessage,
  Stack,
  Text,
  User,
  UserPicker,
} from '@forge/react';
import type { ConnectionView } from '../../src/entry/admin/api';
import type { FormValues } from './form-values';

interface LocalUserFieldProps {
  values: FormValues;
  change: (changed: Partial<FormValues>) => void;
  error: string | undefined;
  /** Of the other connections of this site. */
  others: readonly ConnectionView[];
  appAccountId: string | undefined;
}

/** On whose behalf everything that arrives is done: a picked account, or the app's own. */
export function LocalUserField({
  values,
  change,
  error,
  others,
  appAccountId,
}: LocalUserFieldProps) {
  const { useAppAccount, accountId } = values;
  return (
    <Stack space="space.050">
      {useAppAccount ? (
        <Stack>
          <Label labelFor="use-app-account">Local User</Label>
          {appAccountId === undefined ? (
            <Text>The app’s own account</Text>
          ) : (
            <User accountId={appAccountId} />
          )}
        </Stack>
      ) : (
        <UserPicker
          label="Local User"
          name="local-user"
          isRequired
          placeholder="Search for an account"
          {...(accountId === '' ? {} : { defaultValue: accountId })}
          // Cleared, the picker hands over nothing.
          onChange={(user: { id?: string } | null | undefined) =>
            change({ accountId: user?.id ?? '' })
          }
        />
      )}
      {error !== undefined && <ErrorMessage testId="local-user-error">{error}</ErrorMessage>}
      <HelperMessage>
        {useAppAccount
          ? 'Needs no licence, and nobody else works with it. Jira’s history will show the app’s name.'
          : 'Incoming changes are made in this account’s name. Pick a technical account, not your own: what it changes by hand is not synchronized. It must be able to browse, create and edit issues.'}
      </HelperMessage>
      <Checkbox
        id="use-app-account"
        name="use-app-account"
        testId="use-app-account"
        label="Use the app’s own account"
        isChecked={useAppAccount}
        onChange={(event) => change({ useAppAccount: event.target.checked === true })}
      />
      <SharedAccountWarning names={useAppAccount ? [] : namesUsing(accountId, others)} />
    </Stack>
  );
}

function SharedAccountWarning({ names }: { names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <SectionMessage appearance="warning" testId="local-user-shared">
      <Text>
        Also the Local User of {names.map((name) => `“${name}”`).join(', ')}. Changes that arrive
        over one of these connections are not passed on over the other, and Jira’s history cannot
        tell them apart.
      </Text>
    </SectionMessage>
  );
}

function namesUsing(accountId: string, others: readonly ConnectionView[]): string[] {
  return others
    .filter(({ localUser }) => localUser !== 'app' && localUser.accountId === accountId)
    .map(({ name }) => name);
}
