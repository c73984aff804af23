/**
 * Makes a page anew when what it shows has changed elsewhere, so that one can watch a twin appear. Never
 * while somebody writes or is on the way through a form: then it says so, and leaves it to them.
 */
const INTERVAL_MS = 2_000;

const main = document.querySelector('main');
const { watch = '', seen = '', page = '/' } = main?.dataset ?? {};

async function digestNow(): Promise<string> {
  const answer = await (await fetch(watch)).arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', answer));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function isBusy(): boolean {
  if (document.activeElement?.closest('form')) return true;
  if (document.querySelector('form[data-draft], main details[open] form')) return true;
  return [...document.querySelectorAll('main input, main textarea, main option')].some(isEdited);
}

function isEdited(field: Element): boolean {
  if (field instanceof HTMLOptionElement) return field.selected !== field.defaultSelected;
  const isText = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
  return isText && field.value !== field.defaultValue;
}

function tell(): void {
  const note = document.querySelector('#changed-elsewhere') ?? document.createElement('p');
  if (note.isConnected) return;
  note.id = 'changed-elsewhere';
  note.setAttribute('role', 'status');
  document.querySelector('h1')?.after(note);
  const link = document.createElement('a');
  link.href = page;
  link.textContent = 'Show it as it is now';
  note.append('This has changed elsewhere. ', link);
}

async function look(): Promise<void> {
  if (document.hidden) return;
  // A server that is away is back some time.
  const now = await digestNow().catch(() => seen);
  if (now === seen) return;
  if (isBusy()) tell();
  else window.location.replace(page);
}

if (watch) setInterval(() => void look(), INTERVAL_MS);
