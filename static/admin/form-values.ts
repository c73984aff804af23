/** What stands in the form of a connection, and what of it is sent. */
import type {
  ApiError,
  ConnectionChanges,
  ConnectionDraft,
  ConnectionView,
  LocalUser,
} from '../../src/entry/admin/api';

export interface FormValues {
  name: string;
  /** The app's own account instead of the picked one; the picked one is kept. */
  useAppAccount: boolean;
  accountId: string;
  passive: boolean;
  remoteUrl: string;
  /** Empty while the stored one stays. */
  localKey: string;
  /** The key was made by Generate: it is shown to be copied, not to be typed in. */
  localKeyIsGenerated: boolean;
  /** Only of a stored connection: a new Local Authentication Key is being entered. */
  replacesLocalKey: boolean;
  /** Empty while the stored one stays. */
  remoteKey: string;
  clearsRemoteKey: boolean;
  alternativeBaseUrl: string;
}

/** In the order of the form. */
export const FIELDS = [
  'name',
  'localUser',
  'passive',
  'localKey',
  'remoteUrl',
  'remoteKey',
  'alternativeBaseUrl',
] as const satisfies readonly (keyof ConnectionDraft)[];

/** The form of a new connection, or of a stored one. Stored keys never come to the page. */
export function initialValues(stored?: ConnectionView): FormValues {
  const localUser = stored?.localUser ?? { accountId: '' };
  return {
    name: stored?.name ?? '',
    useAppAccount: localUser === 'app',
    accountId: localUser === 'app' ? '' : localUser.accountId,
    passive: stored?.passive ?? false,
    remoteUrl: stored?.remoteUrl ?? '',
    localKey: '',
    localKeyIsGenerated: false,
    replacesLocalKey: false,
    remoteKey: '',
    clearsRemoteKey: false,
    alternativeBaseUrl: stored?.alternativeBaseUrl ?? '',
  };
}

/** What is sent for a new connection: empty fields are left out. */
export function draftOf(values: FormValues): ConnectionDraft {
  return {
    name: values.name,
    localUser: localUserOf(values),
    localKey: values.localKey,
    passive: values.passive,
    ...(isBlank(values.remoteUrl) ? {} : { remoteUrl: values.remoteUrl }),
    ...(values.remoteKey === '' ? {} : { remoteKey: values.remoteKey }),
    ...(isBlank(values.alternativeBaseUrl)
      ? {}
      : { alternativeBaseUrl: values.alternativeBaseUrl }),
  };
}

/** What is sent for a stored connection: only what differs from it. */
export function changesOf(values: FormValues, stored: ConnectionView): ConnectionChanges {
  const before = initialValues(stored);
  const localUser = localUserOf(values);
  const clearsRemoteKey = values.clearsRemoteKey && values.passive;
  return {
    ...(values.name === before.name ? {} : { name: values.name }),
    ...(sameUser(localUser, stored.localUser) ? {} : { localUser }),
    ...(values.passive === before.passive ? {} : { passive: values.passive }),
    ...(values.remoteUrl === before.remoteUrl
      ? {}
      : { remoteUrl: isBlank(values.remoteUrl) ? null : values.remoteUrl }),
    ...(values.replacesLocalKey ? { localKey: values.localKey } : {}),
    ...(clearsRemoteKey ? { remoteKey: null } : {}),
    ...(values.remoteKey === '' || clearsRemoteKey ? {} : { remoteKey: values.remoteKey }),
    ...(values.alternativeBaseUrl === before.alternativeBaseUrl
      ? {}
      : {
          alternativeBaseUrl: isBlank(values.alternativeBaseUrl) ? null : values.alternativeBaseUrl,
        }),
  };
}

/** Whether a Local Authentication Key is being entered. */
export function entersLocalKey(values: FormValues, stored?: ConnectionView): boolean {
  return stored === undefined || values.replacesLocalKey;
}

/** The fields that must be filled and are not: told at once, without a call. */
export function missingFields(values: FormValues, stored?: ConnectionView): ApiError[] {
  const missing = (field: keyof ConnectionDraft, message: string): ApiError[] => [
    { field, code: 'required', message },
  ];
  return [
    ...(isBlank(values.name)
      ? missing('name', 'Enter a name, for example the other site’s or team’s.')
      : []),
    ...(values.useAppAccount || values.accountId !== ''
      ? []
      : missing('localUser', 'Pick an account, or use the app’s own.')),
    ...(entersLocalKey(values, stored) && isBlank(values.localKey)
      ? missing('localKey', 'Enter a key, or use Generate.')
      : []),
    ...(values.passive || !isBlank(values.remoteUrl)
      ? []
      : missing('remoteUrl', 'Enter the endpoint URL that the other admin gave you.')),
    ...(values.passive || !isBlank(values.remoteKey) || keepsRemoteKey(values, stored)
      ? []
      : missing('remoteKey', 'Enter the key that the other admin gave you.')),
  ];
}

function keepsRemoteKey(values: FormValues, stored?: ConnectionView): boolean {
  return values.remoteKey === '' && stored?.hasRemoteKey === true;
}

const FIELD_OF: Record<keyof FormValues, keyof ConnectionDraft> = {
  name: 'name',
  useAppAccount: 'localUser',
  accountId: 'localUser',
  passive: 'passive',
  remoteUrl: 'remoteUrl',
  localKey: 'localKey',
  localKeyIsGenerated: 'localKey',
  replacesLocalKey: 'localKey',
  remoteKey: 'remoteKey',
  clearsRemoteKey: 'remoteKey',
  alternativeBaseUrl: 'alternativeBaseUrl',
};

/** The errors that still stand after these values were changed. */
export function errorsAfter(errors: readonly ApiError[], changed: Partial<FormValues>): ApiError[] {
  const fields = Object.keys(changed).map((key) => FIELD_OF[key as keyof FormValues]);
  // Passive decides whether the remote fields may be empty; the two keys must not be the same.
  if (fields.includes('passive')) fields.push('remoteUrl', 'remoteKey');
  if (fields.includes('localKey')) fields.push('remoteKey');
  return errors.filter(({ field }) => !fields.some((changedField) => changedField === field));
}

function localUserOf(values: FormValues): LocalUser {
  return values.useAppAccount ? 'app' : { accountId: values.accountId };
}

/** Whether both mean the same account. */
export function sameUser(one: LocalUser, other: LocalUser): boolean {
  if (one === 'app' || other === 'app') return one === other;
  return one.accountId === other.accountId;
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}
