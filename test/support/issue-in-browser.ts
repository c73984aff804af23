/** The site's pages of issues in a browser, as a person works with them. */
import type { Locator, Page } from 'playwright-core';
import type { OpenedPage } from './browser';

/** Labels of fields in the forms, each with what is to stand there. */
type Values = Record<string, string>;

/** One site's pages of issues in a tab. Each step comes to the front first, as in `AdminPage`. */
export class IssuePage {
  readonly page: Page;

  constructor(readonly opened: OpenedPage) {
    this.page = opened.page;
  }

  /** From the list of issues. */
  async create(type: string, values: Values): Promise<void> {
    await this.page.bringToFront();
    await this.page.getByRole('link', { name: 'Create an issue' }).click();
    await this.page.getByRole('link', { name: type, exact: true }).click();
    await this.fill(this.page.locator('form.fields'), values);
    await this.page.getByRole('button', { name: 'Create', exact: true }).click();
    await this.page.getByText('Nothing has changed since').waitFor();
  }

  async edit(values: Values): Promise<void> {
    await this.page.bringToFront();
    await this.page.getByText('Edit', { exact: true }).click();
    await this.fill(this.page.locator('form[action$="/edit"]'), values);
    await this.page.getByRole('button', { name: 'Save', exact: true }).click();
    await this.saved();
  }

  async comment(text: string): Promise<void> {
    await this.page.bringToFront();
    await this.page.getByLabel('New comment').fill(text);
    await this.page.getByRole('button', { name: 'Add the comment' }).click();
    await this.commentWith(text).waitFor();
  }

  async editComment(text: string, to: string): Promise<void> {
    await this.page.bringToFront();
    const comment = this.commentWith(text);
    await comment.getByText('Edit the comment').click();
    await comment.getByLabel('Comment, as').fill(to);
    await comment.getByRole('button', { name: 'Save the comment' }).click();
    await this.commentWith(to).waitFor();
  }

  async deleteComment(text: string): Promise<void> {
    await this.page.bringToFront();
    const comment = this.commentWith(text);
    await comment.getByRole('button', { name: 'Delete the comment' }).click();
    await comment.waitFor({ state: 'detached' });
  }

  /** By the button that leads to the status. */
  async moveTo(status: string): Promise<void> {
    await this.page.bringToFront();
    await this.page.getByRole('button', { name: status, exact: true }).click();
    await this.hasField('Status', status);
  }

  /** Waits until a field is shown so. */
  async hasField(name: string, value: string): Promise<void> {
    await this.page.bringToFront();
    const fields = this.page.getByRole('region', { name: 'Fields' });
    await fields.getByRole('row', { name: `${name} ${value}`, exact: true }).waitFor();
  }

  /** Waits until a field is shown among those without a value. */
  async hasNo(name: string): Promise<void> {
    await this.page.bringToFront();
    await this.page.getByText(new RegExp(`^Without a value: .*\\b${name}\\b`)).waitFor();
  }

  commentWith(text: string): Locator {
    return this.page.getByRole('article').filter({ hasText: text });
  }

  private async fill(form: Locator, values: Values): Promise<void> {
    for (const [label, value] of Object.entries(values)) {
      const field = form.getByLabel(label);
      const isChoice = await field.evaluate((element) => element instanceof HTMLSelectElement);
      await (isChoice ? field.selectOption({ label: value }) : field.fill(value));
    }
  }

  /** The page as it is after the form was taken: closed again. */
  private async saved(): Promise<void> {
    await this.page.locator('details[open] form[action$="/edit"]').waitFor({ state: 'detached' });
  }
}
