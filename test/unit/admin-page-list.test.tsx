/** The admin page: what it shows of the connections, and what can be done in the list. */
import {
  CONNECTION,
  ok,
  openAdminPage,
  openWith,
  refused,
  REPORT,
  SITE,
} from '../support/admin-page';

test('says that it loads, then how two sites are set up', async () => {
  const page = openAdminPage();
  expect(page.text()).toContain('Loading connections');
  await page.answer('connections/list', ok([]));
  expect(page.textOf('empty-state')).toContain('Start a connection.');
  expect(page.textOf('empty-state')).toContain('by another channel than the URL');
});

test('offers another try where the list does not load', async () => {
  const page = openAdminPage();
  await page.fail('connections/list');
  expect(page.textOf('failure')).toContain('Jira did not answer');
  page.act('Try again');
  await page.answer('connections/list', ok([CONNECTION]));
  expect(page.textOf('connection-list')).toContain('South');
});

test('tells plainly who may use it', async () => {
  const page = openAdminPage();
  const message = 'Only Jira administrators can set up IssueSYNC.';
  await page.answer('connections/list', refused({ code: 'forbidden', message }));
  expect(page.textOf('forbidden')).toBe(message);
  expect(page.has('new-connection')).toBe(false);
});

test('shows all that is known of a connection', async () => {
  const called = { ...CONNECTION, id: 'c3', lastAcceptedAt: new Date().toISOString() };
  const page = await openWith(CONNECTION, called, {
    ...CONNECTION,
    id: 'c2',
    name: 'West',
    localUser: 'app',
    remoteUrl: null,
    passive: true,
    state: 'paused',
    lastAcceptedAt: '2026-11-22T08:05:00.000Z',
    lastTest: { at: '2026-11-23T09:30:00.000Z', result: 'failed' },
  });
  const list = page.textOf('connection-list').replaceAll('\u202f', ' ');
  for (const shown of ['South', 'south…', 'Active', 'Running', 'Not tested', 'None yet'])
    expect(list).toContain(shown);
  for (const shown of ['West', 'The app', 'Passive', 'Paused', 'Failed'])
    expect(list).toContain(shown);
  expect(list).toContain('Not since Nov 22, 2026, 9:05 AM');
  expect(list).toContain('Within the last hour');
});

test('pauses and resumes from the answer, without listing again', async () => {
  const page = await openWith(CONNECTION);
  page.press('pause-c1');
  expect(await page.answer('connections/pause', ok({ ...CONNECTION, state: 'paused' }))).toEqual({
    id: 'c1',
  });
  expect(page.textOf('connection-list')).toContain('Paused');
  page.press('resume-c1');
  await page.fail('connections/resume');
  expect(page.textOf('failure')).toContain('it is not known whether this was done');
  expect(page.pending).toEqual([]);
});

test('asks before it removes, by name, and a lagging listing does not bring it back', async () => {
  const page = await openWith(CONNECTION);
  page.press('remove-c1');
  expect(page.text()).toContain('Remove this connection?');
  expect(page.text()).toMatch(/South\n and its keys are deleted/);
  page.press('dialog-cancel');
  expect(page.pending).toEqual([]);
  page.press('remove-c1');
  page.press('dialog-confirm');
  expect(await page.answer('connections/remove', ok({ id: 'c1' }))).toEqual({ id: 'c1' });
  expect(page.has('empty-state')).toBe(true);
  page.press('new-connection');
  page.press('cancel');
  await page.answer('connections/list', ok([CONNECTION]));
  expect(page.has('empty-state')).toBe(true);
});

test('keeps the dialog open with the reason where removing fails', async () => {
  const page = await openWith(CONNECTION);
  page.press('remove-c1');
  page.press('dialog-confirm');
  page.press('dialog-confirm');
  await page.answer('connections/remove', refused({ code: 'not-found', message: 'It is gone.' }));
  expect(page.textOf('failure')).toContain('It is gone.');
  expect(page.pending).toEqual([]);
});

test('shows a rotated key once, and then offers to end the old one', async () => {
  const page = await openWith(CONNECTION);
  page.press('rotate-c1');
  page.press('dialog-confirm');
  await page.answer('keys/rotate', ok({ key: 'whsec_rotated' }));
  expect(page.field('New Local Authentication Key')).toMatchObject({
    value: 'whsec_rotated',
    isReadOnly: true,
  });
  const rotationEndsAt = new Date(Date.now() + 7 * 24 * 60 * 60 * 1000).toISOString();
  await page.answer('connections/list', ok([{ ...CONNECTION, rotationEndsAt }]));
  page.press('dialog-done');
  expect(page.everything()).not.toContain('whsec_rotated');
  expect(page.has('rotate-c1')).toBe(false);
  page.press('retire-c1');
  page.press('dialog-confirm');
  await page.answer('keys/retire', ok({ id: 'c1' }));
  expect(page.has('rotate-c1')).toBe(true);
});

test('tests a stored connection: progress, checklist, and the result in the list', async () => {
  const page = await openWith(CONNECTION);
  page.press('test-c1');
  expect(page.has('test-progress')).toBe(true);
  expect(await page.answer('connections/test', ok(REPORT))).toEqual({ id: 'c1' });
  expect(page.has('test-progress')).toBe(false);
  expect(page.textOf('test-summary')).toContain('1 check failed, 1 warning (1 skipped)');
  expect(page.textOf('test-summary')).toContain(
    'The Local User can browse, create and edit issues · The remote accepts our key',
  );
  const line = page.textOf('check-local-user-permissions');
  expect(line).toContain('It cannot edit issues in BETA.');
  expect(line).toContain('Give it the permission.');
  expect(page.everything()).toContain('https://example.com/help#local-user-permissions');
  page.press('dialog-done');
  expect(page.textOf('connection-list')).toContain('Failed');
});

test('checks skipped for the same reason share a line, and times are local ones', async () => {
  const page = await openWith(CONNECTION);
  page.press('test-c1');
  const skipped = (id: string, title: string, detail: string) =>
    ({ id, title, status: 'skipped', detail }) as const;
  const report = {
    ...REPORT,
    internal: [skipped('local-user-active', 'The Local User is active', 'Not asked.')],
    remote: [
      {
        id: 'remote-key',
        title: 'The remote accepts our key',
        status: 'failed',
        detail: 'Accepted until 2026-11-23T22:53:12.239Z, but not any more.',
      },
      skipped('remote-signature', 'The answer is signed', 'Could not be seen.'),
      skipped('remote-clock', 'The clocks agree', 'Could not be seen.'),
      skipped('remote-protocol', 'Both speak the same', 'Not asked.'),
    ],
  };
  await page.answer('connections/test', ok(report));
  expect(page.textOf('checks-skipped').replaceAll('\n', '')).toBe(
    'SkippedThe answer is signed · The clocks agreeCould not be seen.',
  );
  expect(page.textOf('check-remote-clock')).toBe('The clocks agree');
  expect(page.textOf('check-remote-protocol')).toBe('Skipped\nBoth speak the same\nNot asked.');
  expect(page.textOf('check-local-user-active')).toContain('Not asked.');
  expect(page.textOf('check-remote-key').replaceAll('\u202f', ' ')).toContain(
    'Accepted until Nov 23, 2026, 10:53 PM, but',
  );
});

test('says when a test did not come to an end', async () => {
  const page = await openWith(CONNECTION);
  page.press('test-c1');
  await page.fail('connections/test');
  expect(page.textOf('failure')).toContain('The test did not come to an end');
  page.press('test-again');
  await page.answer('connections/test', ok({ ...REPORT, internal: [], remote: [] }));
  expect(page.textOf('test-summary')).toContain('All checks passed');
});

test('shows what the other admin must know of this site, or another try', async () => {
  const page = openAdminPage();
  await page.fail('site/describe');
  expect(page.has('site-failed')).toBe(true);
  page.act('Try again');
  await page.answer('site/describe', ok(SITE));
  expect(page.field('This site’s endpoint URL').value).toBe(SITE.endpointUrl);
  expect(page.field('Site ID').value).toBe(SITE.siteId);
});
