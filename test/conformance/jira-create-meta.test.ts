/** What Jira says can be set: at creation, at an edit; and that this is what can be set. */
import { z } from 'zod';
import { createIssue } from '../support/jira-fields';
import { LocalJira } from '../support/local-jira';

let local: LocalJira;
beforeEach(() => {
  local = new LocalJira();
});

const metaSchema = z.looseObject({
  name: z.string(),
  required: z.boolean(),
  operations: z.array(z.string()),
  schema: z.looseObject({ type: z.string() }),
  allowedValues: z.array(z.looseObject({})).optional(),
});

type Meta = z.infer<typeof metaSchema>;

async function typeId(project: string, name: string): Promise<string> {
  const { body } = await local.get(`issue/createmeta/${project}/issuetypes`, 'admin');
  const { issueTypes } = z
    .looseObject({ issueTypes: z.array(z.object({ id: z.string(), name: z.string() })) })
    .parse(body);
  const found = issueTypes.find((one) => one.name === name);
  if (!found) throw new Error(`no ${name} in ${project}`);
  return found.id;
}

async function createMeta(project: string, type: string, as = 'admin'): Promise<Map<string, Meta>> {
  const path = `issue/createmeta/${project}/issuetypes/${await typeId(project, type)}`;
  const { status, body } = await local.get(path, as);
  expect(status).toBe(200);
  const { fields } = z
    .looseObject({ fields: z.array(metaSchema.extend({ fieldId: z.string() })) })
    .parse(body);
  return new Map(fields.map((field) => [field.fieldId, field]));
}

async function editMeta(key: string, as = 'admin'): Promise<Record<string, Meta>> {
  const { status, body } = await local.get(`issue/${key}/editmeta`, as);
  expect(status).toBe(200);
  return z.object({ fields: z.record(z.string(), metaSchema) }).parse(body).fields;
}

describe('GET issue/createmeta, GET issue/{id}/editmeta', () => {
  test('issue types are those of the project, in pages', async () => {
    const { body } = await local.get('issue/createmeta/WEB/issuetypes?maxResults=3', 'admin');
    expect(body).toMatchObject({
      startAt: 0,
      maxResults: 3,
      total: 4,
      issueTypes: [{ name: 'Epic' }, { name: 'Story' }, { name: 'Bug' }],
    });
    const next = await local.get('issue/createmeta/WEB/issuetypes?startAt=3', 'admin');
    expect(next.body).toMatchObject({ issueTypes: [{ name: 'Sub-task', subtask: true }] });
  });

  test('fields are those of the screen of that type', async () => {
    const demo = await createMeta('DEMO', 'Story');
    expect(demo.get('summary')).toMatchObject({
      required: true,
      operations: ['set'],
      schema: { type: 'string', system: 'summary' },
    });
    expect(demo.get('labels')).toMatchObject({ operations: ['add', 'set', 'remove'] });
    expect(demo.get('priority')?.allowedValues).toHaveLength(5);
    expect(demo.get('components')?.allowedValues).toMatchObject([
      { name: 'Backend' },
      { name: 'Documentation' },
      { name: 'User interface' },
    ]);
    expect(demo.has('project')).toBe(true);
    expect(demo.has('status')).toBe(false);
    const bug = await createMeta('WEB', 'Bug');
    expect(bug.has('duedate')).toBe(false);
    expect([...bug.values()].filter(({ required }) => required).map(({ name }) => name)).toEqual([
      'Project',
      'Summary',
      'Issue Type',
      'Reporter',
      'Browser',
    ]);
    expect((await createMeta('WEB', 'Sub-task')).get('parent')).toMatchObject({ required: true });
  });

  test('custom fields have their type and their options', async () => {
    const byName = new Map(
      [...(await createMeta('DEMO', 'Task'))].map(([, one]) => [one.name, one]),
    );
    const typeOf = (name: string) => byName.get(name)?.schema;
    const key = 'com.atlassian.jira.plugin.system.customfieldtypes';
    expect(typeOf('Customer')).toMatchObject({ type: 'string', custom: `${key}:textfield` });
    expect(typeOf('Acceptance criteria')).toMatchObject({ custom: `${key}:textarea` });
    expect(typeOf('Effort')).toMatchObject({ type: 'number', custom: `${key}:float` });
    expect(typeOf('Severity')).toMatchObject({ type: 'option', custom: `${key}:select` });
    expect(typeOf('Platforms')).toMatchObject({ type: 'array', items: 'option' });
    expect(typeOf('Start date')).toMatchObject({ type: 'date', custom: `${key}:datepicker` });
    expect(typeOf('Go-live')).toMatchObject({ type: 'datetime', custom: `${key}:datetime` });
    expect(typeOf('Tester')).toMatchObject({ type: 'user', custom: `${key}:userpicker` });
    expect(typeOf('Reference')).toMatchObject({ type: 'string', custom: `${key}:url` });
    expect(byName.get('Severity')?.allowedValues).toMatchObject([
      { value: 'Critical' },
      { value: 'Major' },
      { value: 'Minor' },
    ]);
  });

  test('is paged', async () => {
    const path = `issue/createmeta/DEMO/issuetypes/${await typeId('DEMO', 'Task')}`;
    const { body } = await local.get(`${path}?maxResults=2&startAt=1`, 'admin');
    expect(body).toMatchObject({ startAt: 1, maxResults: 2, fields: [{ key: 'summary' }, {}] });
  });

  test('fields that take a permission are missing without it', async () => {
    const { accountId } = local.user('zoe.lefevre');
    local.jira.deny(accountId, 'DEMO', 'MODIFY_REPORTER');
    local.jira.deny(accountId, 'DEMO', 'SCHEDULE_ISSUES');
    const meta = await createMeta('DEMO', 'Task', 'zoe.lefevre');
    expect(meta.has('reporter') || meta.has('duedate')).toBe(false);
    expect(await editMeta('DEMO-2', 'zoe.lefevre')).not.toHaveProperty('duedate');
  });

  test('an edit has its own screen', async () => {
    expect(await editMeta('DEMO-3')).toHaveProperty('environment');
    expect(await editMeta('DEMO-2')).not.toHaveProperty('environment');
    const names = Object.values(await editMeta('WEB-2')).map(({ name }) => name);
    expect(names).not.toContain('Team');
    const atCreation = [...(await createMeta('WEB', 'Story')).values()].map(({ name }) => name);
    expect(atCreation).toContain('Team');
    local.jira.deny(local.user('zoe.lefevre').accountId, 'DEMO', 'EDIT_ISSUES');
    expect(await editMeta('DEMO-2', 'zoe.lefevre')).toEqual({});
  });

  test('what it lists can be set: each field that takes text', async () => {
    const meta = await createMeta('DEMO', 'Task');
    const custom = [...meta].filter(([id, { schema }]) => id.startsWith('custom') && schema.custom);
    const texts = custom.filter(([, { name }]) => ['Customer', 'Reference'].includes(name));
    const fields = Object.fromEntries(texts.map(([id]) => [id, 'https://example.com/x']));
    expect(Object.keys(fields)).toHaveLength(2);
    await expect(createIssue(local, fields)).resolves.toMatch(/^DEMO-/);
  });

  test.each([
    'issue/createmeta/NONE/issuetypes',
    'issue/createmeta/DEMO/issuetypes/1',
    'issue/createmeta/NONE/issuetypes/1',
  ])('%s is 400', async (path) => {
    expect((await local.get(path, 'admin')).status).toBe(400);
  });

  test('is for those who may create, and for editing those who may browse', async () => {
    expect((await local.get('issue/createmeta/OPS/issuetypes', 'zoe.lefevre')).status).toBe(400);
    local.jira.deny(local.user('zoe.lefevre').accountId, 'DEMO', 'CREATE_ISSUES');
    expect((await local.get('issue/createmeta/DEMO/issuetypes', 'zoe.lefevre')).status).toBe(400);
    expect((await local.get('issue/OPS-1/editmeta', 'zoe.lefevre')).status).toBe(404);
  });
});
