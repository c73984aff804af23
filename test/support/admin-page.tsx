/** The app's admin page without a browser, and what its resolver may answer. */
import { ForgePage } from './forge-doc';
// After the bridge, which the line above puts in place.
import ForgeReconciler from '@forge/react';
import React from 'react';
import type { AdminApi, ConnectionView, TestReport } from '../../src/entry/admin/api';
import { AdminPage } from '../../static/admin/admin-page';

export const ok = <T,>(value: T) => ({ ok: true, value });

export const refused = (...errors: { field?: string; code: string; message: string }[]) => ({
  ok: false,
  errors,
});

export const SITE: AdminApi['site/describe']['value'] = {
  name: 'north',
  siteId: 'site-north',
  endpointUrl: 'https://north.webtrigger.atlassian.app/public/1',
  appAccountId: 'app-account',
};

export const CONNECTION: ConnectionView = {
  id: 'c1',
  name: 'South',
  localUser: { accountId: 'tech-1' },
  remoteUrl: 'https://south.webtrigger.atlassian.app/public/2',
  hasRemoteKey: true,
  passive: false,
  alternativeBaseUrl: null,
  state: 'running',
  contracts: 0,
};

export const REPORT: TestReport = {
  startedAt: '2026-11-23T10:00:00.000Z',
  durationMs: 1_600,
  internal: [
    { id: 'local-user-exists', title: 'The Local User exists', status: 'passed', detail: 'Tech' },
    {
      id: 'local-user-permissions',
      title: 'The Local User can browse, create and edit issues',
      status: 'failed',
      detail: 'It cannot edit issues in BETA.',
      fix: 'Give it the permission.',
      help: 'https://example.com/help#local-user-permissions',
    },
  ],
  remote: [
    {
      id: 'remote-key',
      title: 'The remote accepts our key',
      status: 'warning',
      detail: 'It does not.',
    },
    { id: 'remote-clock', title: 'The clocks agree', status: 'skipped', detail: 'Not asked.' },
  ],
};

/** The page before anything is answered. */
export function openAdminPage(): ForgePage {
  return ForgePage.open(() => ForgeReconciler.render(<AdminPage />));
}

/** The page with these connections. */
export async function openWith(...connections: ConnectionView[]): Promise<ForgePage> {
  const page = openAdminPage();
  await page.answer('site/describe', ok(SITE));
  await page.answer('connections/list', ok(connections));
  return page;
}

/** The form of a new connection, with all that is required and a generated key. */
export async function openFilledForm(...connections: ConnectionView[]): Promise<ForgePage> {
  const page = await openWith(...connections);
  page.press('new-connection');
  page.type('Name', 'South');
  page.pick('Local User', { id: 'tech-1' });
  page.press('generate-key');
  await page.answer('keys/generate', ok({ key: 'whsec_generated', score: 4 }));
  page.type('Remote URL', 'https://south.webtrigger.atlassian.app/public/2');
  page.type('Remote Authentication Key', 'the-remote-key');
  return page;
}
