/** Resolver keys `connections/*`. */
import { z } from 'zod';
import { addConnection } from '../../connection/add-connection';
import { checkDraft } from '../../connection/draft';
import { listConnections } from '../../connection/list-connections';
import { setConnectionState } from '../../connection/pause-connection';
import {
  getConnection,
  withFacts,
  type ListedConnection,
  type StoredConnection,
} from '../../connection/read-connection';
import { notFound } from '../../connection/refusal';
import { removeConnection } from '../../connection/remove-connection';
import { runTest, type TestSubject } from '../../connection/connection-test/run-test';
import {
  draftSubject,
  editedSubject,
  storedSubject,
} from '../../connection/connection-test/subject';
import { checkChanges, updateConnection } from '../../connection/update-connection';
import { readContracts } from '../../contract/read-contracts';
import type { AdminApi, ConnectionView } from './api';
import { viewOf } from './connection-view';
import type { AdminContext, AdminHandlers } from './handler';

const localUser = z.union([
  z.literal('app'),
  z.strictObject({ accountId: z.string().min(1).max(128) }),
]);

const draft = z.strictObject({
  name: z.string(),
  localUser,
  remoteUrl: z.string().optional(),
  localKey: z.string(),
  remoteKey: z.string().optional(),
  passive: z.boolean(),
  alternativeBaseUrl: z.string().optional(),
});

const changes = z.strictObject({
  name: z.string().optional(),
  localUser: localUser.optional(),
  remoteUrl: z.string().nullable().optional(),
  localKey: z.string().optional(),
  remoteKey: z.string().nullable().optional(),
  passive: z.boolean().optional(),
  alternativeBaseUrl: z.string().nullable().optional(),
});

const byId = z.strictObject({ id: z.uuid() });

/** A draft, or a stored connection with or without edits. Not a union: what is wrong must name its field. */
const testRequest = z
  .strictObject({
    id: z.uuid().optional(),
    draft: draft.optional(),
    changes: changes.optional(),
  })
  .transform(({ id, draft, changes }, context) => {
    if (id !== undefined && draft === undefined) return changes ? { id, changes } : { id };
    if (draft !== undefined && id === undefined && changes === undefined) return { draft };
    context.addIssue('Give a draft, or the id of a connection.');
    return z.NEVER;
  });

type ConnectionKeys = Extract<keyof AdminApi, `connections/${string}`>;

export const connectionHandlers: AdminHandlers<ConnectionKeys> = {
  'connections/list': {
    request: z.strictObject({}),
    handle: async (_request, context) => {
      const listed = await listConnections(context.stores, context.sources);
      return Promise.all(listed.map((connection) => withContracts(context, connection)));
    },
  },

  'connections/add': {
    request: draft,
    handle: async (request, context) => {
      const endpointUrl = await context.endpointUrl();
      return show(context, await addConnection(request, { ...context, endpointUrl }));
    },
  },

  'connections/update': {
    request: z.strictObject({ id: z.uuid(), changes }),
    handle: async ({ id, changes }, context) => {
      const endpointUrl = await context.endpointUrl();
      return show(context, await updateConnection(id, changes, { ...context, endpointUrl }));
    },
  },

  'connections/remove': {
    request: byId,
    handle: async ({ id }, { stores, sources }) => {
      await removeConnection(stores, sources, id);
      return { id };
    },
  },

  'connections/pause': {
    request: byId,
    handle: async ({ id }, context) =>
      show(context, await setConnectionState(context.stores, id, 'paused')),
  },

  'connections/resume': {
    request: byId,
    handle: async ({ id }, context) =>
      show(context, await setConnectionState(context.stores, id, 'running')),
  },

  'connections/test': {
    request: testRequest,
    handle: async (request, context) => {
      const [endpointUrl, connection] = await Promise.all([
        context.endpointUrl(),
        'id' in request ? getConnection(context.stores, request.id) : undefined,
      ]);
      const subject = await subjectOf(request, connection, context, endpointUrl);
      return runTest(subject, { ...context, endpointUrl });
    },
  },
};

async function subjectOf(
  request: AdminApi['connections/test']['request'],
  connection: StoredConnection | undefined,
  { stores }: AdminContext,
  endpointUrl: string,
): Promise<TestSubject> {
  if ('draft' in request) return draftSubject(checkDraft(request.draft, endpointUrl));
  if (connection === undefined) throw notFound();
  if (!('changes' in request)) return storedSubject(stores, connection);
  const checked = checkChanges(connection, request.changes, endpointUrl);
  return editedSubject(stores, connection, checked, request.changes);
}

const show = async (context: AdminContext, connection: StoredConnection): Promise<ConnectionView> =>
  withContracts(context, await withFacts(context.stores, connection));

/** One that never had any needs no reading. */
async function withContracts(
  { contracts }: AdminContext,
  connection: ListedConnection,
): Promise<ConnectionView> {
  const hasAny = connection.record.contractsRevision !== undefined;
  const stored = hasAny ? await readContracts(contracts, connection.id) : undefined;
  return viewOf(connection, stored?.contracts.length ?? 0);
}
