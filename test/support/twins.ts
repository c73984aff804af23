/** Issues of synced sites, as people see them. */
import type { SyncedPair, SyncedSite } from './synced-sites';

export interface IssueSeen {
  id: string;
  key: string;
  fields: {
    summary: string;
    description: unknown;
    status: { name: string };
    priority: { name: string } | null;
    labels: string[];
    project: { id: string; key: string };
    /** Who sees it; none: everybody. */
    security?: { name: string } | null;
    duedate: string | null;
    issuetype: { name: string };
    components: { name: string }[];
    fixVersions: { name: string }[];
    assignee: { displayName: string } | null;
    comment: {
      comments: {
        id: string;
        body: unknown;
        author: { displayName: string };
        visibility?: { type: string; value: string };
      }[];
    };
  };
}

/** All issues of a project, the newest first. */
export async function issuesOf({ rest }: SyncedSite, project = 'DEMO'): Promise<IssueSeen[]> {
  const { issues } = await rest<{ issues: { id: string }[] }>(
    'POST',
    'search/jql',
    { jql: `project = ${project} ORDER BY created DESC`, fields: ['id'], maxResults: 100 },
    'admin',
  );
  return Promise.all(issues.map(({ id }) => issueOf({ rest }, id)));
}

/** One issue, with everything. */
export const issueOf = ({ rest }: Pick<SyncedSite, 'rest'>, id: string): Promise<IssueSeen> =>
  rest<IssueSeen>('GET', `issue/${id}`, undefined, 'admin');

/** The issues with this summary. */
export async function called(site: SyncedSite, summary: string): Promise<IssueSeen[]> {
  return (await issuesOf(site)).filter(({ fields }) => fields.summary === summary);
}

/** The one issue with this summary. @throws Error where there is none, or more than one */
export async function theOne(site: SyncedSite, summary: string): Promise<IssueSeen> {
  const [only, ...others] = await called(site, summary);
  if (!only || others.length > 0) {
    throw new Error(`${others.length + (only ? 1 : 0)} issues are called ${summary}`);
  }
  return only;
}

/** Creates an issue in `DEMO`. @returns its id */
export async function create(
  { rest }: SyncedSite,
  fields: Record<string, unknown>,
  as?: string,
): Promise<string> {
  const whole = { project: { key: 'DEMO' }, issuetype: { name: 'Task' }, ...fields };
  return (await rest<{ id: string }>('POST', 'issue', { fields: whole }, as)).id;
}

/** An issue of the first site and its twin, at rest. @returns its id on each */
export async function createTwins(
  { synced, north, south }: SyncedPair,
  fields: Record<string, unknown> = {},
): Promise<[string, string]> {
  const id = await create(north, { summary: 'Hello', ...fields });
  await synced.pass();
  return [id, (await theOne(south, 'Hello')).id];
}

export const edit = (
  { rest }: SyncedSite,
  id: string,
  fields: Record<string, unknown>,
  as?: string,
): Promise<unknown> => rest('PUT', `issue/${id}`, { fields }, as);

/** Takes the transition that leads to the status of that name. */
export async function moveTo({ rest }: SyncedSite, id: string, status: string): Promise<void> {
  const { transitions } = await rest<{ transitions: { id: string; to: { name: string } }[] }>(
    'GET',
    `issue/${id}/transitions`,
  );
  const found = transitions.find(({ to }) => to.name === status);
  if (!found) throw new Error(`No transition leads to ${status}`);
  await rest('POST', `issue/${id}/transitions`, { transition: { id: found.id } });
}

export const paragraph = (text: string) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});

/** @returns the comment's id */
export async function comment(
  { rest }: SyncedSite,
  id: string,
  text: string,
  as?: string,
): Promise<string> {
  const body = { body: paragraph(text) };
  return (await rest<{ id: string }>('POST', `issue/${id}/comment`, body, as)).id;
}

/** What the comments of an issue say, without what tells who wrote it. */
export const textsOf = ({ fields }: IssueSeen): string[] =>
  fields.comment.comments.map(({ body }) => textIn(body).replace(/^Written by .+? at .+?\n/, ''));

/** Whom the comments of an issue name as their author in the text: nobody where it is the author himself. */
export const saidBy = ({ fields }: IssueSeen): (string | undefined)[] =>
  fields.comment.comments.map(({ body }) => /^Written by (.+?) at .+?\n/.exec(textIn(body))?.[1]);

function textIn(node: unknown): string {
  if (typeof node !== 'object' || node === null) return '';
  const { type, text, content } = node as { type?: string; text?: string; content?: unknown[] };
  const inner = (content ?? []).map(textIn).join('');
  return `${text ?? ''}${inner}${type === 'paragraph' ? '\n' : ''}`.replace(/\n+$/, '\n');
}
