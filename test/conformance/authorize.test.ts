/** `authorize()` of the real `@forge/api`: what the user who is there may do, asked of Jira as that user. */
import type { Sandbox, Site } from '../../sandbox';
import { startFixture } from '../support/fixture-sandbox';
import { account as accountOn } from '../support/sites';

let sandbox: Sandbox;
let north: Site;
let demo: number;

beforeEach(async () => {
  sandbox = await startFixture();
  north = sandbox.site('north');
  demo = Number(north.jira.projects().find(({ key }) => key === 'DEMO')?.id);
});

afterEach(() => sandbox.dispose());

const PROJECT_PERMISSIONS: Record<string, string> = {
  canAddComments: 'ADD_COMMENTS',
  canAssignIssues: 'ASSIGN_ISSUES',
  canCreateAttachments: 'CREATE_ATTACHMENTS',
  canCreateIssues: 'CREATE_ISSUES',
  canDeleteAllAttachments: 'DELETE_ALL_ATTACHMENTS',
  canDeleteAllComments: 'DELETE_ALL_COMMENTS',
  canDeleteIssues: 'DELETE_ISSUES',
  canEditAllComments: 'EDIT_ALL_COMMENTS',
  canEditIssues: 'EDIT_ISSUES',
  canMoveIssues: 'MOVE_ISSUES',
};
const ISSUE_CHECKS = [
  ...['canAddComments', 'canAssign', 'canCreate', 'canCreateAttachments', 'canDelete', 'canEdit'],
  ...['canDeleteAllAttachments', 'canDeleteAllComments', 'canEditAllComments', 'canMove'],
];

describe('authorize() (Forge: Authorize API)', () => {
  const accountId = () => accountOn(north, 'sync');
  const ask = (key: string, payload: object) =>
    north.invoke(key, payload, { accountId: accountId() });

  test('has the methods of the page', async () => {
    const names = async (on: string) => (await ask('authorize-names', { on })) as string[];
    expect((await names('onJiraProject')).sort()).toEqual(Object.keys(PROJECT_PERMISSIONS).sort());
    expect((await names('onJiraIssue')).sort()).toEqual(ISSUE_CHECKS.toSorted());
  });

  test.each(Object.entries(PROJECT_PERMISSIONS))(
    'onJiraProject().%s is the permission %s, before and after it is taken away',
    async (can, permission) => {
      const question = { on: 'onJiraProject', ids: demo, can };
      north.jira.deny(accountId(), 'DEMO', permission);
      expect(await ask('authorize', question)).toBe(false);
      north.jira.allow(accountId(), 'DEMO', permission);
      expect(await ask('authorize', question)).toBe(true);
    },
  );

  test('takes ids as text, and many at a time: all must be granted', async () => {
    const can = 'canEditIssues';
    const ids = north.jira.projects().map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(1);
    expect(await ask('authorize', { on: 'onJiraProject', ids, can })).toBe(true);
    north.jira.deny(accountId(), 'DEMO', 'EDIT_ISSUES');
    expect(await ask('authorize', { on: 'onJiraProject', ids, can })).toBe(false);
  });

  test('onJira answers what is granted where', async () => {
    const asked = [{ permissions: ['EDIT_ISSUES'], projects: [demo, 1] }];
    expect(await ask('authorize-on-jira', asked)).toEqual([
      { permission: 'EDIT_ISSUES', issues: [], projects: [demo] },
    ]);
  });

  test.each(ISSUE_CHECKS)('onJiraIssue().%s of an issue that is not there is no', async (can) => {
    expect(await ask('authorize', { on: 'onJiraIssue', ids: 1, can })).toBe(false);
  });
});
