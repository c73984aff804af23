/** Cases of UI Kit's fields and forms. */
import { input, serialised, type UiKitCase } from './case';

const textarea = (value: string) => ({
  ...{ tagName: 'TEXTAREA', type: 'textarea', name: 'area', value },
  ...{ selectionStart: value.length, selectionEnd: value.length },
});

const text = (value: string) => input('text', { name: 'text', value });
const check = (checked: boolean) => input('checkbox', { name: 'check', value: 'yes', checked });
const lamp = (checked: boolean) => input('checkbox', { name: 'lamp', value: '', checked });

export const fieldCases: readonly UiKitCase[] = [
  {
    title: 'a text field, with its label, and each message below it',
    part: 'Text fields',
    drives: [
      ...['Label', 'RequiredAsterisk', 'Textfield'],
      ...['ErrorMessage', 'HelperMessage', 'ValidMessage'],
    ],
    act: async (page) => {
      await page.getByRole('textbox', { name: 'Text' }).fill('hi');
      await page.getByRole('textbox', { name: 'Text' }).blur();
      for (const message of ['It is wrong.', 'It helps.', 'It is right.']) {
        await page.getByText(message).waitFor();
      }
    },
    events: [
      ['Textfield.onFocus', serialised('focus', text(''))],
      ['Textfield.onChange', serialised('change', text('hi'))],
      ['Textfield.onBlur', serialised('blur', text('hi'))],
    ],
  },
  {
    title: 'a text area',
    part: 'Text fields',
    drives: ['TextArea'],
    act: async (page) => {
      await page.getByLabel('Area').fill('long');
      await page.getByLabel('Area').blur();
    },
    events: [
      ['TextArea.onFocus', serialised('focus', textarea(''))],
      ['TextArea.onChange', serialised('change', textarea('long'))],
      ['TextArea.onBlur', serialised('blur', textarea('long'))],
    ],
  },
  {
    title: 'a checkbox',
    part: 'Choices',
    drives: ['Checkbox'],
    act: async (page) => {
      await page.getByLabel('Check').focus();
      await page.keyboard.press('Space');
      await page.getByLabel('Check').blur();
    },
    events: [
      ['Checkbox.onFocus', serialised('focus', check(false))],
      ['Checkbox.onChange', serialised('change', check(true))],
      ['Checkbox.onBlur', serialised('blur', check(true))],
    ],
  },
  {
    title: 'a toggle',
    part: 'Choices',
    drives: ['Toggle'],
    act: async (page) => {
      await page.getByLabel('Lamp').focus();
      await page.keyboard.press('Space');
      await page.getByLabel('Lamp').blur();
    },
    events: [
      ['Toggle.onFocus', serialised('focus', lamp(false))],
      ['Toggle.onChange', serialised('change', lamp(true))],
      ['Toggle.onBlur', serialised('blur', lamp(true))],
    ],
  },
  {
    title: 'radio buttons, alone and in a group',
    part: 'Choices',
    drives: ['Radio', 'RadioGroup'],
    act: async (page) => {
      await page.getByLabel('Alone').click({ force: true });
      await page.getByLabel('Large').click({ force: true });
    },
    events: [
      [
        'Radio.onChange',
        serialised('change', input('radio', { name: 'alone', value: 'alone', checked: true })),
      ],
      [
        'RadioGroup.onChange',
        serialised('change', input('radio', { name: 'size', value: 'large', checked: true })),
      ],
    ],
  },
  {
    title: 'a group of checkboxes gives all its values, in the order of the options',
    part: 'Choices',
    drives: ['CheckboxGroup'],
    act: async (page) => {
      await page.getByLabel('Status').click({ force: true });
      await page.getByLabel('Summary').click({ force: true });
      expect(await page.getByRole('checkbox', { name: 'Owner' }).isDisabled()).toBe(true);
    },
    events: [
      ['CheckboxGroup.onChange', ['status', 'summary']],
      ['CheckboxGroup.onChange', ['status']],
    ],
  },
  {
    title: 'a select gives its option, or a list of them',
    part: 'Pickers',
    drives: ['Select'],
    act: async (page) => {
      await page.getByLabel('Colour', { exact: true }).click();
      await page.getByRole('option', { name: 'Green' }).click();
      await page.getByLabel('Colour', { exact: true }).blur();
      await page.getByLabel('Colours').click();
      await page.getByRole('option', { name: 'Red' }).click();
    },
    events: [
      ['Select.onFocus', serialised('focus', { ...input('text', { name: '', value: '' }) })],
      ['Select.onChange', { label: 'Green', value: 'green' }],
      ['Select.onBlur', serialised('blur', { ...input('text', { name: '', value: '' }) })],
      ['Select.onChange', [{ label: 'Red', value: 'red' }]],
    ],
  },
  {
    title: 'a user picker gives the person',
    part: 'Pickers',
    drives: ['UserPicker', 'User'],
    act: async (page) => {
      await page.getByText('Ada Admin').last().waitFor();
      await page.getByLabel('Owner').fill('mia');
      await page.getByRole('option', { name: 'Mia Member' }).click();
    },
    events: [
      [
        'UserPicker.onChange',
        {
          id: '712020:mia',
          name: 'Mia Member',
          email: 'mia@north.example',
          avatarUrl: '',
          type: 'user',
        },
      ],
    ],
  },
  {
    title: 'a form is sent by Enter, without an argument',
    part: 'Form',
    drives: ['Form', 'FormHeader', 'FormSection', 'FormFooter', 'useForm'],
    act: async (page) => {
      await page.getByLabel('Name').fill('First');
      await page.getByLabel('Name').press('Enter');
    },
    events: [['Form.onSubmit'], ['useForm.values', { name: 'First' }]],
  },
];
