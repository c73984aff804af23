/**
 * `npm start -- --paired`: connects each site with the next and keeps their `DEMO` in step, by the app's own
 * resolver keys, as the sites' admins would. What is there already stays as it is.
 */
import { z } from 'zod';
import type { Site } from './local-site';

/** The project, and what its contract is called. */
const PROJECT = 'DEMO';

/** First part of the address of the technical user that each site has. */
const LOCAL_USER = 'sync';

/** Two neighbours, connected. */
export interface PairedSites {
  sides: [PairedSide, PairedSide];
  /** Whether something was still to be done. */
  isNew: boolean;
}

export interface PairedSide {
  site: Site;
  contract: { name: string; enabled: boolean };
}

const connectionView = z.object({
  id: z.string(),
  name: z.string(),
  remoteUrl: z.string().nullable(),
});
type Connection = z.infer<typeof connectionView>;

const contractView = z.object({ id: z.string(), name: z.string(), enabled: z.boolean() });
const optionsView = z.object({
  projects: z.array(z.object({ id: z.string(), key: z.string() })),
});

/**
 * Pairs neighbours: of `a,b,c` a with b, and b with c.
 *
 * @throws Error if the app refuses something
 */
export async function pairSites(sites: readonly Site[]): Promise<PairedSites[]> {
  const paired: PairedSites[] = [];
  for (const [index, second] of sites.slice(1).entries()) {
    const first = sites[index];
    if (first === undefined) continue;
    // Two connections with one dedicated account do not pass on to each other what comes: one in the middle has both.
    const localUser = index === 0 ? technicalUser(first) : 'app';
    paired.push(await pair(first, localUser, second));
  }
  return paired;
}

async function pair(first: Site, localUser: LocalUser, second: Site): Promise<PairedSites> {
  const ends = [
    await endOf(first, localUser, second),
    await endOf(second, technicalUser(second), first),
  ] as const;
  const isConnected = ends.every(({ known }) => known !== undefined);
  if (!isConnected) await connect(ends);
  const [one, other] = [await addContract(ends[0]), await addContract(ends[1])];
  const isNew = !isConnected || one.isNew || other.isNew;
  return { sides: [one.side, other.side], isNew };
}

type LocalUser = 'app' | { accountId: string };

function technicalUser({ jira, identity: { name } }: Site): LocalUser {
  const user = jira.findUserByEmail(`${LOCAL_USER}@${name}.example`);
  if (!user) throw new Error(`${name} has no user ${LOCAL_USER}`);
  return { accountId: user.accountId };
}

/** One site's end of a pair. */
interface End {
  site: Site;
  localUser: LocalUser;
  name: string;
  remoteUrl: string;
  /** The connection, where there is one already. */
  known: Connection | undefined;
}

async function endOf(site: Site, localUser: LocalUser, remote: Site): Promise<End> {
  const described = await call(remote, 'site/describe', {}, z.object({ endpointUrl: z.string() }));
  const { endpointUrl: remoteUrl } = described;
  const name = `To ${remote.identity.name}`;
  const connections = await call(site, 'connections/list', {}, z.array(connectionView));
  // By its name too: a passive side may have no URL.
  const known = connections.find((one) => one.remoteUrl === remoteUrl || one.name === name);
  return { site, localUser, name, remoteUrl, known };
}

/** A connection on each side, with keys that fit: a side that has one gets new keys for it. */
async function connect([first, second]: readonly [End, End]): Promise<void> {
  const [firstKey, secondKey] = [await generateKey(first.site), await generateKey(second.site)];
  first.known = await store(first, { localKey: firstKey, remoteKey: secondKey });
  second.known = await store(second, { localKey: secondKey, remoteKey: firstKey });
}

async function generateKey(site: Site): Promise<string> {
  return (await call(site, 'keys/generate', {}, z.object({ key: z.string() }))).key;
}

function store(
  { site, localUser, name, remoteUrl, known }: End,
  keys: { localKey: string; remoteKey: string },
): Promise<Connection> {
  if (known) {
    const request = { id: known.id, changes: { remoteUrl, ...keys } };
    return call(site, 'connections/update', request, connectionView);
  }
  const request = { name, localUser, remoteUrl, ...keys, passive: false };
  return call(site, 'connections/add', request, connectionView);
}

/** The connection's contract; where it has none, one for all of the project, as the form proposes it, enabled. */
async function addContract({ site, known }: End): Promise<{ side: PairedSide; isNew: boolean }> {
  if (!known) throw new Error(`${site.identity.name} has no connection`);
  const connection = known.id;
  const [existing] = await call(site, 'contracts/list', { connection }, z.array(contractView));
  if (existing) return { side: { site, contract: existing }, isNew: false };
  const { projects } = await call(site, 'contracts/options', { connection }, optionsView);
  const project = projects.find(({ key }) => key === PROJECT);
  if (!project) throw new Error(`The Local User of ${site.identity.name} sees no ${PROJECT}`);
  const draft = {
    connection,
    name: PROJECT,
    projectId: project.id,
    issueTypeIds: [],
    events: ['create', 'update', 'comment', 'status'],
    direction: 'both',
    policy: 'newest',
    internalComments: false,
    onRemoteDelete: 'keep',
  };
  const { id } = await call(site, 'contracts/add', draft, contractView);
  const contract = await call(site, 'contracts/enable', { connection, id }, contractView);
  return { side: { site, contract }, isNew: true };
}

/** Calls a resolver key as the site's admin. @throws Error in the app's words for what it refuses */
async function call<T>(site: Site, key: string, request: unknown, value: z.ZodType<T>): Promise<T> {
  const answer = answerSchema.parse(await site.invoke(key, request));
  if (answer.ok) return value.parse(answer.value);
  const reasons = answer.errors.map(({ message }) => message).join(' ');
  throw new Error(`${site.identity.name} cannot be paired, ${key}: ${reasons}`);
}

const answerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), errors: z.array(z.object({ message: z.string() })) }),
]);
