/** The engine's port on a local Jira, with a contract over the fields that its project has. */
import { z } from 'zod';
import type { MappingEntry } from '../../src/contract/mapping';
import { defaultConverter } from '../../src/contract/kind-table';
import type { Contract } from '../../src/contract/records';
import type { JiraAnswer, JiraCall, JiraClient } from '../../src/jira/client';
import {
  fieldIn,
  fieldMetadataSchema,
  statusField,
  type JiraField,
} from '../../src/jira/field-metadata';
import { operations, type JiraOperation, type OperationName } from '../../src/jira/operations';
import { jiraIssues } from '../../src/sync/jira-issues/jira-issues';
import type { Alias } from '../../src/sync/alias';
import type { Aliases, MarkerOf } from '../../src/sync/ports';
import type { LocalJira } from './local-jira';

export const CONNECTION = 'connection-1';

/** A Jira client on a local Jira, which counts its calls; `before` is called ahead of each, and may answer it. */
export class LocalClient implements JiraClient {
  readonly calls: OperationName[] = [];
  before: (name: OperationName) => Promise<JiraAnswer | undefined> = () =>
    Promise.resolve(undefined);
  /** Called with each of Jira's answers, and may give another one. */
  after: (name: OperationName) => Promise<JiraAnswer | undefined> = () =>
    Promise.resolve(undefined);

  constructor(private readonly local: LocalJira) {}

  async call<Name extends OperationName>({ name, as, path, query, body }: JiraCall<Name>) {
    const answer = await this.before(name);
    this.calls.push(name);
    if (answer) return answer;
    const operation: JiraOperation = operations[name];
    const filled = Object.entries<string>(path).reduce(
      (text, [parameter, value]) => text.replace(`{${parameter}}`, encodeURIComponent(value)),
      operation.path.replace('/rest/api/3/', ''),
    );
    const asked = query.size > 0 ? `?${query.toString()}` : '';
    const text = body === undefined ? undefined : JSON.stringify(body);
    const said = await this.local.request(operation.method, filled + asked, this.nameOf(as), text);
    return (await this.after(name)) ?? said;
  }

  private nameOf(as: JiraCall['as']): string {
    if (typeof as === 'string') return as;
    const user = this.local.jira.findUser(as.accountId);
    return `app:${user?.emailAddress?.split('@')[0] ?? ''}`;
  }
}

const typesSchema = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    subtask: z.boolean(),
    statuses: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        statusCategory: z.object({ key: z.enum(['new', 'indeterminate', 'done']) }),
      }),
    ),
  }),
);

const fieldsSchema = z.object({ fields: z.array(fieldMetadataSchema) });

/** A contract for one issue type of a project, with every field that the app can move. */
export async function contractFor(
  local: LocalJira,
  key: string,
  typeName: string,
  changes: Partial<Contract> = {},
): Promise<Contract> {
  const types = typesSchema.parse((await local.get(`project/${key}/statuses`, 'admin')).body);
  const type = types.find(({ name }) => name === typeName);
  if (!type) throw new Error(`${key} has no ${typeName}`);
  const project = String(local.projectId(key));
  const path = `issue/createmeta/${project}/issuetypes/${type.id}?maxResults=200`;
  const { fields } = fieldsSchema.parse((await local.get(path, 'admin')).body);
  const known = fields
    .map((metadata) => fieldIn(metadata.fieldId ?? '', metadata))
    .filter((field) => field.kind !== 'unsupported');
  const all = [...known, statusField([])];
  return {
    id: 'contract-1',
    name: 'Both',
    enabled: true,
    direction: 'both',
    project: { id: project, key, name: key },
    issueTypes: [
      {
        id: type.id,
        name: type.name,
        statuses: type.statuses.map(({ id, name, statusCategory }) => ({
          id,
          name,
          category: statusCategory.key,
        })),
      },
    ],
    events: [],
    policy: 'newest',
    internalComments: false,
    onRemoteDelete: 'delete',
    mapping: all.map(entryFor),
    fields: all,
    createdAt: '2026-01-05T09:00:00.000Z',
    ...changes,
  };
}

/** Aliases are the ids of fields here, and the names of custom ones. */
function entryFor(field: JiraField): MappingEntry {
  const result = defaultConverter(field.kind, field.kind);
  if ('refusal' in result) throw new Error(result.refusal.reason);
  const { converter } = result;
  const alias = field.custom ? field.name : field.id;
  return { alias, fieldId: field.id, kind: field.kind, direction: 'both', converter };
}

/** The port, as an account of the local Jira or as the app. */
export function portOn(
  local: LocalJira,
  client: LocalClient,
  contract: Contract,
  { as = 'sync', connection = CONNECTION }: { as?: string; connection?: string } = {},
) {
  return jiraIssues({
    jira: client,
    contract,
    connection: {
      id: connection,
      localUser: as === 'app' ? 'app' : { accountId: local.user(as).accountId },
      remoteName: 'south',
    },
    appAccountId: local.site.appAccountId,
    accountOf: async (other) =>
      other === OTHER_CONNECTION ? local.user('sync-limited').accountId : undefined,
  });
}

/** Another connection of the site, by the account `sync-limited`. */
export const OTHER_CONNECTION = 'connection-2';

/** Of the markers that tests make. */
export const SEAL = 'seal';

/** A marker of a write, from what was known before. */
export const markerOf =
  (write: string, known: Aliases = {}): MarkerOf =>
  (names) => ({
    seal: SEAL,
    write,
    aliases: Object.fromEntries(
      names.map((name) => {
        const before = known[name];
        return [name, { write, ...(before ? { before } : {}), after: valueAlias('') }];
      }),
    ),
  });

/** An alias as a link has it. */
export const valueAlias = (mine: string): Alias => ({
  kind: 'value',
  version: { north: 1 },
  dot: { site: 'north', n: 1 },
  stamp: 0,
  mine,
  dirty: false,
});

export const setAlias = (...elements: string[]): Alias => ({
  kind: 'set',
  version: { north: 1 },
  elements: Object.fromEntries(elements.map((element) => [element, [{ site: 'north', n: 1 }]])),
  dirty: false,
});
