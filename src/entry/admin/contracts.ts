/** Resolver keys `contracts/*`. */
import { z } from 'zod';
import { getConnection, type StoredConnection } from '../../connection/read-connection';
import { isNotFound } from '../../connection/refusal';
import { checkName, checkOverlap, type ContractDraft } from '../../contract/draft';
import { contractNotFound, DraftRefusal } from '../../contract/draft-refusal';
import { typeHere } from '../../contract/build-contract';
import { readContracts } from '../../contract/read-contracts';
import { readDraft, type ReadDraft } from '../../contract/read-draft';
import type { StoredContract } from '../../contract/records';
import { shownBy } from '../../contract/twin-fields';
import { countIssues, jqlOfIssues, newestIssues } from '../../jira/jql';
import { projectsWithTypes } from '../../jira/project-metadata';
import { toldOf, withPair } from '../../sync/describe';
import { pollsUntilNextTick } from '../../sync/tick';
import { changeContracts } from '../change-contracts';
import { shownOnSite, unmapOnSite } from '../twin-fields';
import type { AdminApi, ContractView } from './api';
import { asLocalUser } from './as-local-user';
import { askRemote } from './ask-remote';
import { contractChoices } from './contract-choices';
import { byConnection, byId, draft } from './contract-requests';
import { contractViews, fieldsView } from './contract-view';
import type { AdminContext, AdminHandlers } from './handler';

const SAMPLES = 5;

type ContractKeys = Extract<keyof AdminApi, `contracts/${string}`>;

export const contractHandlers: AdminHandlers<ContractKeys> = {
  'contracts/list': {
    request: byConnection,
    handle: async ({ connection }, context) => {
      const stored = await getConnection(context.stores, connection);
      return listed(context, stored);
    },
  },

  'contracts/compare': {
    request: byConnection,
    handle: async ({ connection }, context) => {
      const before = await getConnection(context.stores, connection);
      const problem = await askRemote(context, before);
      const [contracts, told] = await Promise.all([
        listed(context, await getConnection(context.stores, connection)),
        toldOf(context.stores, connection),
      ]);
      return {
        contracts,
        ...(told === undefined ? {} : { toldAt: new Date(told.at).toISOString() }),
        ...(problem === undefined ? {} : { problem }),
      };
    },
  },

  'contracts/options': {
    request: byConnection,
    handle: async ({ connection }, context) => {
      const projects = await asLocalUser(context, connection, (as, time) =>
        projectsWithTypes(context.jira, as, time),
      );
      return {
        projects: projects.map(({ issueTypes, ...project }) => ({
          ...project,
          issueTypes: issueTypes
            .filter(({ isSubtask }) => !isSubtask)
            .map(({ id, name }) => ({ id, name })),
        })),
      };
    },
  },

  'contracts/choices': {
    request: z.strictObject({ connection: z.uuid(), projectId: z.string().regex(/^\d{1,32}$/) }),
    handle: ({ connection, projectId }, context) =>
      asLocalUser(context, connection, (as, time) =>
        contractChoices(context.jira, as, projectId, time),
      ),
  },

  'contracts/preview': {
    request: z.strictObject({ draft }),
    handle: ({ draft }, context) =>
      asLocalUser(context, draft.connection, async (as, time) => {
        const { jira } = context;
        // They do not change what matches; they are checked when the contract is saved.
        const asked = { ...draft, screenDefaults: [] };
        const shown = await shownOnSite(context.stores, context.contracts, undefined);
        const result = await readDraft(jira, as, asked, [], shown, time);
        if ('problems' in result) throw new DraftRefusal(result.problems);
        const { project, issueTypes, jql } = result.read;
        const ids = issueTypes.map(({ id }) => id);
        const query = jqlOfIssues(project.id, ids, jql);
        const [count, samples] = await Promise.all([
          countIssues(jira, as, query, time),
          newestIssues(jira, as, query, SAMPLES, time),
        ]);
        return { count, samples, ...fieldsView(result.read) };
      }),
  },

  'contracts/add': {
    request: draft,
    handle: async (request, context) => {
      const read = await readAll(context, request, undefined);
      const id = context.sources.newId();
      const createdAt = new Date(context.sources.now()).toISOString();
      return save(context, request.connection, id, (contracts) => {
        const name = nameFor(request, contracts, id);
        return [...contracts, { ...contractOf(read, name), id, createdAt, enabled: false }];
      });
    },
  },

  'contracts/update': {
    request: z.strictObject({ id: z.uuid(), draft }),
    handle: async ({ id, draft }, context) => {
      const read = await readAll(context, draft, id);
      const { record } = await getConnection(context.stores, draft.connection);
      const told = await toldOf(context.stores, draft.connection);
      const ends = { site: context.siteId };
      return save(context, draft.connection, id, (contracts) => {
        const stored = contracts.find((one) => one.id === id);
        if (stored === undefined) throw contractNotFound();
        const { createdAt, enabled, remote } = stored;
        const contract = {
          ...contractOf(read, nameFor(draft, contracts, id)),
          ...{ id, createdAt, enabled, ...(remote === undefined ? {} : { remote }) },
        };
        return replace(contracts, withPair(ends, record, contract, told));
      });
    },
  },

  'contracts/remove': {
    request: byId,
    handle: async ({ connection, id }, { stores, contracts: store }) => {
      try {
        await changeContracts(stores, store, connection, (contracts) =>
          contracts.some((one) => one.id === id)
            ? contracts.filter((one) => one.id !== id)
            : undefined,
        );
      } catch (error) {
        // What is gone already is removed: two tabs may be open.
        if (!isNotFound(error)) throw error;
      }
      return { id };
    },
  },

  'contracts/enable': {
    request: byId,
    handle: async ({ connection, id }, context) => {
      const view = await setEnabled(context, connection, id, true);
      const { record } = await getConnection(context.stores, connection);
      const polls = record.passive ? [] : pollsUntilNextTick(connection);
      // What was changed while it was disabled has no event.
      await context.queue.push([{ wake: { kind: 'scan', connection, contract: id } }, ...polls]);
      return view;
    },
  },

  'contracts/disable': {
    request: byId,
    handle: ({ connection, id }, context) => setEnabled(context, connection, id, false),
  },

  'contracts/retry': {
    request: byId,
    handle: async ({ connection, id }, context) => {
      const { stores, traffic } = context;
      const stored = await getConnection(stores, connection);
      if (!(await listed(context, stored)).some((one) => one.id === id)) throw contractNotFound();
      await traffic.retry(connection, id);
      return viewIn(await listed(context, stored), id);
    },
  },
};

async function listed(
  context: AdminContext,
  connection: StoredConnection,
): Promise<ContractView[]> {
  const stored = await readContracts(context.contracts, connection.id);
  return contractViews(context, connection, stored?.contracts ?? []);
}

/** @throws DraftRefusal `not-found` */
function viewIn(views: readonly ContractView[], id: string): ContractView {
  const view = views.find((one) => one.id === id);
  if (view === undefined) throw contractNotFound();
  return view;
}

/** @throws DraftRefusal with all that is wrong with the draft */
async function readAll(
  context: AdminContext,
  request: ContractDraft,
  id: string | undefined,
): Promise<ReadDraft> {
  const { connection } = request;
  const stored = (await readContracts(context.contracts, connection))?.contracts ?? [];
  const known = stored.find((one) => one.id === id)?.screenDefaults ?? [];
  const shown = await shownOnSite(context.stores, context.contracts, id);
  const result = await asLocalUser(context, connection, (as, time) =>
    readDraft(context.jira, as, request, known, shown, time),
  );
  if (id !== undefined && !stored.some((one) => one.id === id)) throw contractNotFound();
  const name = checkName(
    request.name,
    stored.filter((one) => one.id !== id),
  );
  const problems = [
    ...('problem' in name ? [name.problem] : []),
    ...('problems' in result ? result.problems : []),
  ];
  if ('problems' in result || problems.length > 0) throw new DraftRefusal(problems);
  await unmapOnSite(context.stores, context.contracts, shownBy([result.read]));
  return result.read;
}

/** Checked again with what is stored in the end: two may be added at the same time. */
function nameFor(
  { name }: ContractDraft,
  contracts: readonly StoredContract[],
  id: string,
): string {
  const result = checkName(
    name,
    contracts.filter((one) => one.id !== id),
  );
  if ('problem' in result) throw new DraftRefusal([result.problem]);
  return result.name;
}

function contractOf(
  { jql, issueTypes, ...read }: ReadDraft,
  name: string,
): Omit<StoredContract, 'id' | 'createdAt' | 'enabled'> {
  return {
    ...read,
    name,
    issueTypes: issueTypes.map(typeHere),
    ...(jql === undefined ? {} : { jql }),
  };
}

function setEnabled(
  context: AdminContext,
  connection: string,
  id: string,
  enabled: boolean,
): Promise<ContractView> {
  return save(context, connection, id, (contracts) => {
    const stored = contracts.find((one) => one.id === id);
    if (stored === undefined) throw contractNotFound();
    return stored.enabled === enabled ? undefined : replace(contracts, { ...stored, enabled });
  });
}

/** @throws DraftRefusal `overlaps` */
function replace(contracts: readonly StoredContract[], contract: StoredContract): StoredContract[] {
  checkOverlap(contract, contracts);
  return contracts.map((one) => (one.id === contract.id ? contract : one));
}

/** Stores what `decide` makes of a connection's contracts, and shows the one that it was about. */
async function save(
  context: AdminContext,
  connection: string,
  id: string,
  decide: (contracts: readonly StoredContract[]) => readonly StoredContract[] | undefined,
): Promise<ContractView> {
  const { stores, contracts: store } = context;
  const contracts = await changeContracts(stores, store, connection, decide);
  const stored = await getConnection(stores, connection);
  return viewIn(await contractViews(context, stored, contracts), id);
}
