/** Cases of everything of UI Kit that is no field. */
import { button, serialised, type UiKitCase } from './case';

const threeEvents = (component: string, target: Record<string, unknown>) =>
  [
    [`${component}.onFocus`, serialised('focus', target)],
    [`${component}.onClick`, serialised('click', target)],
    [`${component}.onBlur`, serialised('blur', target)],
  ] as const;

const buttonCase = (component: string, name: string): UiKitCase => ({
  title: `${component}: focus, Enter, blur`,
  part: 'Buttons',
  drives: [component, 'ButtonGroup'],
  act: async (page) => {
    await page.getByRole('group', { name: 'Buttons' }).waitFor();
    await page.getByRole('button', { name }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name }).blur();
  },
  events: threeEvents(component, button),
});

export const otherCases: readonly UiKitCase[] = [
  buttonCase('Button', 'Press'),
  buttonCase('LoadingButton', 'Load'),
  {
    title: 'LinkButton: focus, Enter, blur',
    part: 'Buttons',
    drives: ['LinkButton'],
    act: async (page) => {
      await page.getByRole('link', { name: 'Go' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('link', { name: 'Go' }).blur();
    },
    events: threeEvents('LinkButton', { tagName: 'A' }),
  },
  {
    title: 'texts, lists, links, boxes and what the page knows of itself',
    part: 'Texts',
    drives: [
      ...['Box', 'Stack', 'Inline', 'Text', 'Strong', 'Em', 'Strike', 'Code', 'Heading', 'Link'],
      ...['List', 'ListItem', 'xcss', 'useProductContext', 'default.render'],
    ],
    act: async (page) => {
      const box = page.getByTestId('box');
      expect(await box.evaluate((element) => getComputedStyle(element).paddingTop)).toBe('16px');
      await box.getByRole('heading', { name: 'A heading', level: 3 }).waitFor();
      for (const [tag, text] of Object.entries({
        strong: 'strong',
        em: 'em',
        s: 'strike',
        code: 'code',
        li: 'An item',
      })) {
        await box.locator(tag, { hasText: text }).waitFor();
      }
      expect(await box.getByRole('link', { name: 'Docs' }).getAttribute('href')).toBe(
        'https://example.com/docs',
      );
      await page.getByTestId('module').filter({ hasText: 'fixture-page' }).waitFor();
    },
    events: [],
  },
  {
    title: 'messages, lozenges, progress, tooltips',
    part: 'Feedback',
    drives: [
      ...['SectionMessage', 'SectionMessageAction', 'Lozenge', 'Badge', 'Spinner'],
      ...['ProgressBar', 'EmptyState', 'Tooltip'],
    ],
    act: async (page) => {
      await page.getByRole('heading', { name: 'Mind this' }).waitFor();
      await page.getByRole('button', { name: 'Act' }).click();
      await page.getByText('a lozenge').waitFor();
      await page.getByText('7', { exact: true }).waitFor();
      await page.getByRole('img', { name: 'Waiting' }).waitFor();
      expect(await page.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('0.5');
      await page.getByRole('heading', { name: 'Nothing here' }).waitFor();
      await page.getByRole('button', { name: 'Hover' }).hover();
      await page.getByRole('tooltip', { name: 'More about it' }).waitFor();
    },
    events: [['SectionMessageAction.onClick', serialised('click', button)]],
  },
  {
    title: 'a dialog closes by Escape, without an argument',
    part: 'Overlays',
    drives: [
      ...['Modal', 'ModalTransition', 'ModalHeader', 'ModalTitle', 'ModalBody', 'ModalFooter'],
    ],
    act: async (page) => {
      await page.getByRole('button', { name: 'Open' }).click();
      const dialog = page.getByRole('dialog', { name: 'A dialog' });
      await dialog.getByText('Its body').waitFor();
      await dialog.getByRole('button', { name: 'Done' }).waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    },
    events: [['Modal.onClose']],
  },
  {
    title: 'tabs give the index',
    part: 'Overlays',
    drives: ['Tabs', 'TabList', 'Tab', 'TabPanel'],
    act: async (page) => {
      await page.getByText('First panel').waitFor();
      await page.getByRole('tab', { name: 'Two' }).click();
      await page.getByText('Second panel').waitFor();
    },
    events: [['Tabs.onChange', 1]],
  },
  {
    title: 'a table gives its page',
    part: 'Table',
    drives: ['DynamicTable'],
    act: async (page) => {
      await page.getByRole('cell', { name: 'b' }).waitFor();
      await page.getByRole('button', { name: /next/i }).click();
      await page.getByRole('cell', { name: 'c' }).waitFor();
    },
    events: [['DynamicTable.onSetPage', 2]],
  },
  {
    title: 'tags are taken away, icons are named',
    part: 'Editing',
    drives: ['Tag', 'TagGroup', 'Icon'],
    act: async (page) => {
      await page.getByRole('img', { name: 'to' }).waitFor();
      await page.getByText('fixed').waitFor();
      await page.getByRole('button', { name: 'Remove bug' }).click();
    },
    events: [['Tag.onAfterRemoveAction', 'bug']],
  },
  {
    title: 'text is edited in its place',
    part: 'Editing',
    drives: ['InlineEdit', 'InlineEdit.editView', 'InlineEdit.readView'],
    act: async (page) => {
      await page.getByText('Title: Old').click();
      await page.getByTestId('edit').fill('New');
      // Before the app has drawn what was typed, what is confirmed is what stood there before.
      await page.waitForFunction(() => window.__stats.documents >= 4);
      await page.keyboard.press('Enter');
      await page.getByText('Title: New').click();
      await page.getByTestId('edit').press('Escape');
      await page.getByText('Title: New').waitFor();
    },
    events: [
      ['InlineEdit.onEdit'],
      ['InlineEdit.onConfirm', 'New'],
      ['InlineEdit.onEdit'],
      ['InlineEdit.onCancel'],
    ],
  },
];
