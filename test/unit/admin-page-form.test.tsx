/** The admin page: the form of a connection. */
import { settled } from '../support/forge-doc';
import {
  CONNECTION,
  ok,
  openFilledForm,
  openWith,
  refused,
  REPORT,
  SITE,
} from '../support/admin-page';

const ADDED = { ...CONNECTION, id: 'c9' };
const strong = ok({ score: 4, suggestions: [] });

test('adds what was entered, and shows it before any listing has it', async () => {
  const page = await openFilledForm();
  expect(page.field('This site’s endpoint URL').value).toBe(SITE.endpointUrl);
  expect(page.field('Local Authentication Key')).toMatchObject({
    value: 'whsec_generated',
    isReadOnly: true,
  });
  expect(page.textOf('key-strength')).toContain('Very strong');
  page.press('add-connection');
  page.press('add-connection');
  expect(await page.answer('connections/add', ok(ADDED))).toEqual({
    name: 'South',
    localUser: { accountId: 'tech-1' },
    remoteUrl: 'https://south.webtrigger.atlassian.app/public/2',
    localKey: 'whsec_generated',
    remoteKey: 'the-remote-key',
    passive: false,
  });
  expect(page.pending).toEqual([]);
  expect(page.textOf('notice')).toContain('“South” was added.');
  expect(page.textOf('connection-list')).toContain('South');
  page.press('reload');
  await page.answer('connections/list', ok([]));
  expect(page.textOf('connection-list')).toContain('South');
});

test.each(['add-connection', 'cancel'])('no key is left on the page after %s', async (button) => {
  const page = await openFilledForm();
  expect(page.everything()).toContain('whsec_generated');
  page.press(button);
  if (button === 'add-connection') await page.answer('connections/add', ok(ADDED));
  else await page.answer('connections/list', ok([ADDED]));
  page.press('new-connection');
  expect(page.everything()).not.toMatch(/whsec_generated|the-remote-key/);
});

test('tells what is missing at once, each at its field', async () => {
  const page = await openWith();
  page.press('new-connection');
  page.press('add-connection');
  await settled();
  expect(page.pending).toEqual([]);
  expect(page.textOf('name-error')).toContain('Enter a name');
  expect(page.textOf('local-user-error')).toContain('Pick an account');
  expect(page.textOf('local-key-error')).toContain('use Generate');
  expect(page.textOf('remote-url-error')).toContain('endpoint URL');
  expect(page.textOf('remote-key-error')).toContain('Enter the key');
  expect(page.textOf('fields-to-mend')).toBe(
    'Check these fields: \nName, Local User, Local Authentication Key, Remote URL, Remote Authentication Key\n.',
  );
  page.type('Local Authentication Key', '  ');
  page.type('Remote Authentication Key', ' ');
  page.press('add-connection');
  await settled();
  expect(page.textOf('local-key-error')).toContain('use Generate');
  expect(page.textOf('remote-key-error')).toContain('Enter the key');
  page.type('Name', 'S');
  expect(page.has('name-error')).toBe(false);
  page.switch('Passive', true);
  expect(page.has('remote-url-error')).toBe(false);
  expect(page.textOf('remote-optional')).toContain('Optional');
});

test('an error stands at its field, and nothing that was typed is lost', async () => {
  const page = await openFilledForm();
  page.press('add-connection');
  await page.answer(
    'connections/add',
    refused(
      { field: 'localKey', code: 'duplicate-key', message: 'Another connection has this key.' },
      { code: 'jira-unavailable', message: 'Jira could not be asked.' },
    ),
  );
  expect(page.textOf('local-key-error')).toBe('Another connection has this key.');
  expect(page.textOf('failure')).toBe(
    'The connection could not be added\nJira could not be asked.',
  );
  expect(page.field('Name').defaultValue).toBe('South');
  expect(page.field('Local User').defaultValue).toBe('tech-1');
  expect(page.field('Local Authentication Key').value).toBe('whsec_generated');
  page.press('add-connection');
  await page.fail('connections/add');
  expect(page.textOf('failure')).toContain('The connection may not have been added');
  expect(page.textOf('failure')).toContain('it is not known whether this was done');
  expect(page.textOf('failure')).toContain('the connection was added');
  page.press('add-connection');
  const { remoteKey } = await page.answer('connections/add', ok(ADDED));
  expect(remoteKey).toBe('the-remote-key');
});

test('asks once whether a weak key is meant', async () => {
  const page = await openFilledForm();
  page.press('enter-local-key');
  page.type('Local Authentication Key', 'pass');
  page.type('Local Authentication Key', 'password');
  const weak = ok({ score: 0, warning: 'This is common.', suggestions: ['Use Generate.'] });
  expect(await page.answer('keys/rate', weak)).toEqual({ key: 'password' });
  expect(page.textOf('key-strength')).toBe('Very weak\nThis is common. Use Generate.');
  page.press('add-connection');
  await settled();
  expect(page.textOf('weak-key')).toContain('easy to guess');
  expect(page.pending).toEqual([]);
  page.type('Local Authentication Key', 'letmein');
  expect(page.has('weak-key')).toBe(false);
  page.press('add-connection');
  await page.answer('keys/rate', weak);
  expect(page.has('weak-key')).toBe(true);
  // What is missing by then comes first, and the question is not repeated once it was answered.
  page.type('Name', '');
  page.press('add-connection');
  await settled();
  expect(page.has('name-error')).toBe(true);
  expect(page.has('weak-key')).toBe(false);
  page.type('Name', 'South');
  page.press('add-connection');
  const taken = { field: 'name', code: 'duplicate-name', message: 'The name is taken.' };
  expect(await page.answer('connections/add', refused(taken))).toMatchObject({
    localKey: 'letmein',
  });
  expect(page.textOf('name-error')).toContain('taken');
  expect(page.has('weak-key')).toBe(false);
});

test('what fails is named after what was pressed', async () => {
  const page = await openFilledForm();
  const unavailable = refused({ code: 'jira-unavailable', message: 'Jira could not be asked.' });
  page.press('test-connection');
  await page.answer('connections/test', unavailable);
  expect(page.textOf('failure')).toContain('The connection could not be tested');
});

test('errors are listed in the order of the form', async () => {
  const page = await openFilledForm();
  page.press('add-connection');
  const error = (field: string) => ({ field, code: 'x', message: 'Not this.' });
  await page.answer('connections/add', refused(error('remoteUrl'), error('name')));
  expect(page.textOf('fields-to-mend')).toContain('Name, Remote URL');
});

test('a key that cannot be rated is no reason to wait', async () => {
  const page = await openFilledForm();
  page.press('enter-local-key');
  page.type('Local Authentication Key', 'something else');
  page.press('add-connection');
  await page.fail('keys/rate');
  await page.answer('connections/add', ok(ADDED));
  expect(page.has('notice')).toBe(true);
});

test('tests what is not saved, and says when the form has changed since', async () => {
  const page = await openFilledForm();
  page.press('test-connection');
  expect(page.has('test-progress')).toBe(true);
  const payload = await page.answer('connections/test', ok(REPORT));
  expect(payload).toMatchObject({ draft: { name: 'South', localKey: 'whsec_generated' } });
  expect(page.textOf('test-summary')).toContain('It took 2 s.');
  page.type('Remote URL', 'https://east.webtrigger.atlassian.app/public/3');
  expect(page.textOf('test-summary')).toContain('You changed the form since');
});

test('uses the app’s own account, and keeps the picked one', async () => {
  const page = await openFilledForm();
  page.check('use-app-account', true);
  page.press('test-connection');
  const { draft } = await page.answer('connections/test', ok(REPORT));
  expect(draft).toMatchObject({ localUser: 'app' });
  page.check('use-app-account', false);
  expect(page.field('Local User').defaultValue).toBe('tech-1');
  page.pick('Local User', null);
  page.press('add-connection');
  expect(page.has('local-user-error')).toBe(true);
});

test('warns that another connection uses the account', async () => {
  const page = await openFilledForm({ ...CONNECTION, name: 'West' });
  expect(page.textOf('local-user-shared')).toContain('“West”');
});

test('a passive connection needs nothing of the remote, and keeps what is there', async () => {
  const page = await openFilledForm();
  page.switch('Passive', true);
  page.type('Remote Authentication Key', '');
  page.press('add-connection');
  const sent = await page.answer('connections/add', ok({ ...ADDED, passive: true }));
  expect(sent).toMatchObject({ passive: true, remoteUrl: expect.stringContaining('south') });
  expect(sent).not.toHaveProperty('remoteKey');
  expect(page.textOf('notice')).toContain('This side is passive');
});

describe('a stored connection', () => {
  async function openEdit(stored = CONNECTION) {
    const page = await openWith(stored);
    page.press(`edit-${stored.id}`);
    return page;
  }

  test('sends what has changed, and nothing else', async () => {
    const page = await openEdit();
    page.type('Name', 'South-East');
    page.type('Alternative Base URL', 'http://10.0.0.5:8080/jira');
    page.press('save-connection');
    expect(
      await page.answer('connections/update', ok({ ...CONNECTION, name: 'South-East' })),
    ).toEqual({
      id: 'c1',
      changes: { name: 'South-East', alternativeBaseUrl: 'http://10.0.0.5:8080/jira' },
    });
    expect(page.textOf('connection-list')).toContain('South-East');
  });

  test('is tested as it is stored where nothing has changed, else with the edits', async () => {
    const page = await openEdit();
    page.press('test-connection');
    expect(await page.answer('connections/test', ok(REPORT))).toEqual({ id: 'c1' });
    page.switch('Passive', true);
    page.press('test-connection');
    expect(await page.answer('connections/test', ok(REPORT))).toEqual({
      id: 'c1',
      changes: { passive: true },
    });
  });

  test('keeps its keys unless they are replaced', async () => {
    const page = await openEdit();
    expect(page.field('Remote Authentication Key')).toMatchObject({ type: 'password' });
    expect(page.text()).toContain('Stored. Leave empty to keep it.');
    page.press('replace-local-key');
    page.press('keep-local-key');
    page.press('replace-local-key');
    page.type('Local Authentication Key', 'an entirely new key');
    await page.answer('keys/rate', strong);
    page.press('save-connection');
    expect(await page.answer('connections/update', ok(CONNECTION))).toEqual({
      id: 'c1',
      changes: { localKey: 'an entirely new key' },
    });
    expect(page.everything()).not.toContain('an entirely new key');
  });

  test('can lose its Remote Authentication Key where it is passive', async () => {
    const page = await openEdit({ ...CONNECTION, passive: true });
    page.check('clear-remote-key', true);
    page.type('Remote URL', ' ');
    page.press('save-connection');
    expect(await page.answer('connections/update', ok(CONNECTION))).toEqual({
      id: 'c1',
      changes: { remoteKey: null, remoteUrl: null },
    });
  });

  test('takes no third key while two are accepted', async () => {
    const rotationEndsAt = new Date(Date.now() + 60_000).toISOString();
    const page = await openEdit({ ...CONNECTION, rotationEndsAt });
    expect(page.text()).toContain('Two keys are accepted until');
    expect(page.has('replace-local-key')).toBe(false);
  });
});
