/**
 * The resolver of this page: one typed function per key. None of them throws: a call that did not come
 * back is an error like any other, so that what was typed stays where it is and can be sent again.
 */
import { invoke } from '@forge/bridge';
import type {
  AdminApi,
  AdminKey,
  Answer,
  ConnectionChanges,
  ConnectionDraft,
  ContractDraft,
} from '../../src/entry/admin/api';

type Reply<K extends AdminKey> = Promise<Answer<AdminApi[K]['value']>>;

/** One contract: all contracts of a connection are stored together. */
export interface ContractId {
  connection: string;
  id: string;
}

/** The code of an error that the page itself found: nothing came back. */
export const NO_ANSWER = 'no-answer';

const READING = 'Jira did not answer. Check your network and try again.';
const CHANGING =
  'Jira did not answer, so it is not known whether this was done. Nothing that you typed is lost: try again.';
const adding = (what: string) =>
  `${CHANGING} If the name is then taken, the ${what} was added: cancel, and find it in the list.`;
const TESTING = 'The test did not come to an end. Nothing was changed: try again.';

export const listConnections = (): Reply<'connections/list'> =>
  call('connections/list', {}, READING);

export const addConnection = (draft: ConnectionDraft): Reply<'connections/add'> =>
  call('connections/add', draft, adding('connection'));

export const updateConnection = (
  id: string,
  changes: ConnectionChanges,
): Reply<'connections/update'> => call('connections/update', { id, changes }, CHANGING);

export const removeConnection = (id: string): Reply<'connections/remove'> =>
  call('connections/remove', { id }, CHANGING);

export const pauseConnection = (id: string): Reply<'connections/pause'> =>
  call('connections/pause', { id }, CHANGING);

export const resumeConnection = (id: string): Reply<'connections/resume'> =>
  call('connections/resume', { id }, CHANGING);

/** Takes up to 20 seconds. */
export const testConnection = (
  subject: AdminApi['connections/test']['request'],
): Reply<'connections/test'> => call('connections/test', subject, TESTING);

export const generateKey = (): Reply<'keys/generate'> => call('keys/generate', {}, READING);

export const rateKey = (key: string): Reply<'keys/rate'> => call('keys/rate', { key }, READING);

export const rotateKey = (id: string): Reply<'keys/rotate'> =>
  call('keys/rotate', { id }, CHANGING);

export const retireKey = (id: string): Reply<'keys/retire'> =>
  call('keys/retire', { id }, CHANGING);

export const describeSite = (): Reply<'site/describe'> => call('site/describe', {}, READING);

export const listContracts = (connection: string): Reply<'contracts/list'> =>
  call('contracts/list', { connection }, READING);

/** Takes up to 20 seconds. */
export const compareContracts = (connection: string): Reply<'contracts/compare'> =>
  call('contracts/compare', { connection }, READING);

export const contractOptions = (connection: string): Reply<'contracts/options'> =>
  call('contracts/options', { connection }, READING);

export const contractChoices = (request: {
  connection: string;
  projectId: string;
}): Reply<'contracts/choices'> => call('contracts/choices', request, READING);

export const previewContract = (draft: ContractDraft): Reply<'contracts/preview'> =>
  call('contracts/preview', { draft }, READING);

export const addContract = (draft: ContractDraft): Reply<'contracts/add'> =>
  call('contracts/add', draft, adding('contract'));

export const updateContract = (id: string, draft: ContractDraft): Reply<'contracts/update'> =>
  call('contracts/update', { id, draft }, CHANGING);

export const removeContract = (contract: ContractId): Reply<'contracts/remove'> =>
  call('contracts/remove', contract, CHANGING);

export const enableContract = (contract: ContractId): Reply<'contracts/enable'> =>
  call('contracts/enable', contract, CHANGING);

export const disableContract = (contract: ContractId): Reply<'contracts/disable'> =>
  call('contracts/disable', contract, CHANGING);

export const retryContract = (contract: ContractId): Reply<'contracts/retry'> =>
  call('contracts/retry', contract, CHANGING);

/** @param noAnswer what to say when the resolver throws, is ended by the platform or cannot be reached */
async function call<K extends AdminKey>(
  key: K,
  request: AdminApi[K]['request'],
  noAnswer: string,
): Reply<K> {
  try {
    // Called without metadata, the bridge hands over the resolver's answer as it is (Forge: bridge contract).
    return (await invoke(key, request)) as Answer<AdminApi[K]['value']>;
  } catch {
    return { ok: false, errors: [{ code: NO_ANSWER, message: noAnswer }] };
  }
}
