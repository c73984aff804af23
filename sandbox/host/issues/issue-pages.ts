/** The pages of issues: `/`, `/create` and `/browse/KEY`, read and written through the site's REST API. */
import { createHash } from 'node:crypto';
import React from 'react';
import { z } from 'zod';
import { html, redirect } from '../responses';
import type { SiteView, Watch } from '../site-layout';
import { sitePage } from '../site-pages';
import {
  comments,
  createFields,
  editMeta,
  found,
  issue,
  issueTypes,
  person,
  transitions,
} from './answers';
import { createPage } from './create-page';
import { actions, createIssue } from './issue-actions';
import { IssueList } from './issue-list';
import { issuePage, refusalPage, type IssueView } from './issue-page';
import { JiraClient, JiraRefused, type JiraApi } from './jira-client';

export interface IssuePages {
  /** `undefined`: the path is none of these. */
  get(request: Request, site: SiteView): Promise<Response | undefined>;
  post(request: Request, site: SiteView): Promise<Response | undefined>;
}

export function createIssuePages(jira: JiraApi): IssuePages {
  return {
    async get(request, site) {
      const { pathname, search, searchParams } = new URL(request.url);
      const client = new JiraClient(jira, site.actingAs.accountId);
      const key = keyIn(pathname)?.key;
      if (pathname === '/') return html(await home(client, site, searchParams));
      if (pathname === '/create') return html(await creation(client, site, searchParams));
      if (key === undefined) return undefined;
      return orRefusal(site, pathname + search, async () =>
        html(issuePage(site, await issueView(client, key))),
      );
    },

    async post(request, site) {
      const { pathname } = new URL(request.url);
      const client = new JiraClient(jira, site.actingAs.accountId);
      const { key, action = '' } = keyIn(pathname) ?? {};
      const run = Object.hasOwn(actions, action) ? actions[action] : undefined;
      if (pathname !== '/create' && (key === undefined || !run)) return undefined;
      const form = new URLSearchParams(await request.text());
      try {
        if (key === undefined || !run) return redirect(await createIssue(client, form));
        return redirect(await run(client, key, form));
      } catch (error) {
        if (!(error instanceof JiraRefused)) throw error;
        const { status, reasons } = error;
        if (key === undefined) {
          return html(await creation(client, site, form, { reasons, draft: form }), { status });
        }
        return orRefusal(site, `/browse/${key}`, async () => {
          const view = await issueView(client, key, { reasons, action, draft: form });
          return html(issuePage(site, view), { status });
        });
      }
    },
  };
}

/** `/browse/DEMO-1`, `/browse/DEMO-1/edit`. What no key can have is on no such path. */
function keyIn(pathname: string): { key: string; action: string | undefined } | undefined {
  const [, key, action] = /^\/browse\/([\w-]+)(?:\/([a-z-]+))?$/.exec(pathname) ?? [];
  return key === undefined ? undefined : { key, action };
}

async function orRefusal(
  site: SiteView,
  path: string,
  answer: () => Promise<Response>,
): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    if (!(error instanceof JiraRefused)) throw error;
    return html(refusalPage(site, path, error.reasons), { status: error.status });
  }
}

async function home(client: JiraClient, site: SiteView, query: URLSearchParams): Promise<string> {
  const project = query.get('project') ?? site.projects[0]?.key ?? '';
  const token = query.get('token');
  const jql = `project = "${project.replace(/["\\]/g, '\\$&')}" ORDER BY created DESC`;
  const search = (fields: string) =>
    `search/jql?${new URLSearchParams({
      jql,
      fields,
      maxResults: '50',
      ...(token === null ? {} : { nextPageToken: token }),
    }).toString()}`;
  const path = `/?${new URLSearchParams({ project, ...(token === null ? {} : { token }) }).toString()}`;
  const list = { projects: site.projects, project };
  try {
    const watch = await watchOf(client, search('updated'));
    const page = await client.get(search('summary,issuetype,status,assignee,updated'), found);
    const issues = React.createElement(IssueList, { ...list, found: page, reasons: [] });
    return sitePage(site, { issues, path, watch });
  } catch (error) {
    if (!(error instanceof JiraRefused)) throw error;
    const nothing = { ...list, found: { issues: [] }, reasons: error.reasons };
    return sitePage(site, {
      issues: React.createElement(IssueList, nothing),
      path,
      watch: undefined,
    });
  }
}

async function creation(
  client: JiraClient,
  site: SiteView,
  query: URLSearchParams,
  refused: { reasons: string[]; draft?: URLSearchParams } = { reasons: [] },
): Promise<string> {
  const project = query.get('project') ?? site.projects[0]?.key ?? '';
  const { draft } = refused;
  const types = `issue/createmeta/${encodeURIComponent(project)}/issuetypes`;
  try {
    const { issueTypes: offered } = await client.get(`${types}?maxResults=200`, issueTypes);
    const type = query.get('type') ?? offered[0]?.id ?? '';
    const meta = `${types}/${encodeURIComponent(type)}?maxResults=200`;
    const { fields } = await client.get(meta, createFields);
    const people = await peopleOf(client);
    const { reasons } = refused;
    return createPage(site, { project, types: offered, type, fields, people, reasons, draft });
  } catch (error) {
    if (!(error instanceof JiraRefused)) throw error;
    const reasons = [...new Set([...refused.reasons, ...error.reasons])];
    const nothing = { types: [], type: '', fields: [], people: [] };
    return createPage(site, { project, ...nothing, reasons, draft });
  }
}

/** @throws JiraRefused */
async function issueView(
  client: JiraClient,
  key: string,
  refused?: IssueView['refused'],
): Promise<IssueView> {
  const path = `issue/${encodeURIComponent(key)}`;
  // First of all: what changes while the rest is read is seen as a change.
  const watch = await watchOf(client, `${path}?fields=updated&properties=*all`);
  const { fields } = await client.get(`${path}/editmeta`, editMeta);
  const newest = await client.get(`${path}/comment?orderBy=-created&maxResults=100`, comments);
  return {
    issue: await client.get(
      `${path}?fields=*all,-comment&expand=names,changelog&properties=*all`,
      issue,
    ),
    ...(await client.get(`${path}/transitions?expand=transitions.fields`, transitions)),
    comments: { total: newest.total, comments: newest.comments.reverse() },
    priorities:
      fields.priority?.allowedValues?.map(named) ?? (await client.get('priority', priorities)),
    people: await peopleOf(client),
    watch,
    refused,
  };
}

const priorities = z.array(z.looseObject({ id: z.string(), name: z.string() }));

const named = ({ id, name = id }: { id: string; name?: string | undefined }) => ({ id, name });

/** Whom an issue could be assigned to; whether it can be is for Jira to say. */
async function peopleOf(client: JiraClient) {
  const all = await client.get('users/search?maxResults=1000', z.array(person));
  return all.filter(({ active, accountType }) => active && accountType === 'atlassian');
}

async function watchOf(client: JiraClient, path: string): Promise<Watch> {
  const answer = await client.send('GET', path);
  return {
    path: `/rest/api/3/${path}`,
    seen: createHash('sha256').update(answer).digest('hex'),
  };
}
