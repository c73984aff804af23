/** The admin page in a browser, as an admin works with it. */
import type { Page } from 'playwright-core';
import type { OpenedPage } from './browser';

export interface ConnectionForm {
  name: string;
  /** How the picker shows the account. */
  localUser?: string;
  passive?: boolean;
  remoteUrl?: string;
  remoteKey?: string;
}

export interface Handover {
  url: string;
  key: string;
}

/** One site's admin page. A tab that is not in front is drawn once a second: each step comes to the front first. */
export class AdminPage {
  readonly page: Page;

  constructor(readonly opened: OpenedPage) {
    this.page = opened.page;
  }

  /** Opens the form, generates a key, and reads what the other admin needs. */
  async startConnection(): Promise<Handover> {
    await this.page.bringToFront();
    await this.page.getByTestId('new-connection').click();
    await this.page.getByTestId('generate-key').click();
    const key = this.page.getByTestId('local-key');
    await this.page.getByTestId('copy-key-now').waitFor();
    return {
      url: await this.page.getByTestId('form-endpoint-url').inputValue(),
      key: await key.inputValue(),
    };
  }

  async fill({ name, localUser, passive, remoteUrl, remoteKey }: ConnectionForm): Promise<void> {
    await this.page.bringToFront();
    await this.page.getByLabel('Name').fill(name);
    if (localUser !== undefined) {
      await this.page.getByLabel('Local User').fill(localUser);
      await this.page.getByRole('option', { name: localUser, exact: true }).click();
    }
    if (passive === true) await this.page.getByLabel('Passive').click({ force: true });
    if (remoteUrl !== undefined) await this.page.getByLabel('Remote URL').fill(remoteUrl);
    if (remoteKey !== undefined) {
      await this.page.getByLabel('Remote Authentication Key').fill(remoteKey);
    }
  }

  async add(): Promise<void> {
    await this.page.bringToFront();
    await this.page.getByTestId('add-connection').click();
    await this.page.getByRole('table', { name: 'Connections' }).waitFor();
  }

  /** Tests what stands in the form. */
  async testForm(): Promise<string[]> {
    await this.page.bringToFront();
    await this.page.getByTestId('test-connection').click();
    return this.report();
  }

  /** Tests the connection of that name in the list. */
  async testListed(name: string): Promise<string[]> {
    await this.act(name, 'Test');
    const checks = await this.report();
    await this.page.getByTestId('dialog-done').click();
    await this.page.getByTestId('test-report').waitFor({ state: 'detached' });
    return checks;
  }

  /** Presses a button in the row of that connection. */
  async act(name: string, action: string | RegExp): Promise<void> {
    await this.page.bringToFront();
    await this.row(name).getByRole('button', { name: action, exact: true }).click();
  }

  row(name: string): ReturnType<Page['locator']> {
    return this.page.getByRole('row').filter({ has: this.page.getByText(name, { exact: true }) });
  }

  /** Each check as `id: status`. */
  private async report(): Promise<string[]> {
    await this.page.getByTestId('test-report').waitFor();
    return this.page.getByTestId('test-report').evaluate((report) =>
      [...report.querySelectorAll('[data-testid^="check-"]')].map((line) => {
        const id = line.getAttribute('data-testid')?.slice('check-'.length) ?? '';
        // Checks that were skipped for the same reason share a line, which begins with the status.
        const { textContent } = line.closest('[data-testid="checks-skipped"]') ?? line;
        const status = /^(Passed|Warning|Failed|Skipped)/i.exec(textContent)?.[0] ?? '?';
        return `${id}: ${status.toLowerCase()}`;
      }),
    );
  }
}
