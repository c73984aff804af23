/** What a contract fills into screens of transitions that demand it, so that nobody has to be asked. */
import { documentOfText } from '../jira/adf/plain-text';
import type { FieldKind } from '../jira/field-kinds';
import type { DemandedField } from '../jira/screens';
import type { ScreenDefaults } from '../jira/transition-path';
import type { DraftProblem } from './draft-refusal';

/** As the admin chooses it. */
export interface DraftedDefault {
  /** As Jira names it: `resolution`, `customfield_10100`. */
  fieldId: string;
  /** Id of the choice, or what is typed. */
  value: string;
}

/** As a contract keeps it. */
export interface ScreenDefault extends DraftedDefault {
  /** The field's name. */
  name: string;
  kind: FieldKind;
  /** For people: the name of the choice, or what is typed. */
  label: string;
}

/** How a default is given. `none`: what is asked there only a person knows. */
export type DefaultInput = 'choice' | 'text' | 'none';

const INPUTS: Record<FieldKind, DefaultInput> = {
  text: 'text',
  'rich-text': 'text',
  number: 'text',
  date: 'text',
  datetime: 'none',
  url: 'text',
  user: 'none',
  option: 'choice',
  priority: 'choice',
  resolution: 'choice',
  'issue-type': 'none',
  status: 'none',
  options: 'choice',
  labels: 'text',
  components: 'choice',
  versions: 'choice',
};

export const inputOf = ({ kind }: Pick<DemandedField, 'kind'>): DefaultInput =>
  kind === 'unsupported' ? 'none' : INPUTS[kind];

/**
 * @param demanded what the screens ask for now, as far as Jira shows it
 * @param stored of the contract: what was right once stays, as the issue that showed it may be gone
 */
export function checkDefaults(
  drafted: readonly DraftedDefault[],
  demanded: readonly DemandedField[],
  stored: readonly ScreenDefault[],
): { defaults: ScreenDefault[] } | { problems: DraftProblem[] } {
  const problems: DraftProblem[] = [];
  const defaults: ScreenDefault[] = [];
  for (const one of drafted) {
    const kept = stored.find(
      ({ fieldId, value }) => fieldId === one.fieldId && value === one.value,
    );
    const field = demanded.find(({ id }) => id === one.fieldId);
    const checked = field ? checkDefault(one, field) : (kept ?? 'unknown');
    if (typeof checked === 'string') problems.push(problemOf(field, checked));
    else defaults.push(checked);
  }
  return problems.length > 0 ? { problems } : { defaults };
}

function checkDefault(
  { fieldId, value }: DraftedDefault,
  field: DemandedField,
): ScreenDefault | string {
  const { name, kind, choices } = field;
  if (kind === 'unsupported' || inputOf(field) === 'none') {
    return 'it cannot have a default. Make it optional in Jira.';
  }
  if (INPUTS[kind] === 'choice') {
    const choice = choices?.find(({ id }) => id === value);
    if (choice === undefined) return 'that choice is not there any more. Choose another one.';
    return { fieldId, name, kind, value, label: choice.name };
  }
  const text = value.trim();
  const wrong = wrongIn(kind, text);
  return wrong ?? { fieldId, name, kind, value: text, label: text };
}

/** Jira takes 255 characters in a line, and 32,767 in a formatted text. */
const MAX_LENGTH = 255;

function wrongIn(kind: FieldKind, text: string): string | undefined {
  if (text === '') return 'enter a value, or leave it out.';
  if (text.length > MAX_LENGTH) return `use at most ${MAX_LENGTH} characters.`;
  switch (kind) {
    case 'number':
      return Number.isFinite(Number(text)) ? undefined : 'enter a number.';
    case 'date':
      return isDate(text) ? undefined : 'enter a date like 2026-12-31.';
    case 'url':
      return /^https?:\/\/\S+$/i.test(text) ? undefined : 'enter an address like https://….';
    default:
      return undefined;
  }
}

function isDate(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

const problemOf = (field: DemandedField | undefined, reason: string): DraftProblem =>
  field === undefined
    ? {
        field: 'screenDefaults',
        code: 'default-not-asked',
        message:
          'No screen of this project asks for one of these fields any more. Open the form again to see which do.',
      }
    : { field: 'screenDefaults', code: 'default-invalid', message: `${field.name}: ${reason}` };

/** As Jira takes them, by field id. */
export const screenDefaultsOf = ({
  screenDefaults = [],
}: {
  screenDefaults?: readonly ScreenDefault[] | undefined;
}): ScreenDefaults => new Map(screenDefaults.map((one) => [one.fieldId, jsonOf(one)]));

function jsonOf({ kind, value }: ScreenDefault): unknown {
  switch (kind) {
    case 'rich-text':
      return documentOfText(value);
    case 'number':
      return Number(value);
    case 'labels':
      return value.split(/\s+/);
    case 'options':
    case 'components':
    case 'versions':
      return [{ id: value }];
    default:
      return INPUTS[kind] === 'choice' ? { id: value } : value;
  }
}
