/** The kinds of fields that JQL knows, whatever field it is. */
import { textOf, type AdfDocument } from './adf';
import { instantOf, localDay, startOfDay } from './jql-dates';
import {
  EQUALITY,
  JqlFault,
  noSuchValue,
  ORDERED,
  TEXT,
  type JqlContext,
  type JqlField,
} from './jql-field';
import type { FieldValue } from './fields';
import type { JiraIssue } from './issue-store';

interface Named {
  id: string;
  name: string;
}

type Of = (issue: JiraIssue) => FieldValue | undefined;

/** Things with an id and a name, which need not be unique; names count without regard to case. */
export function choiceField(of: Of, things: readonly Named[]): JqlField {
  const nameOf = (id: string | number | undefined) => things.find((one) => one.id === id)?.name;
  return {
    operators: EQUALITY,
    of: (issue) => textsIn(of(issue)),
    read(text, name) {
      const named = things.filter((one) => isSame(one.name, text));
      const found = named.length > 0 ? named : things.filter(({ id }) => id === text);
      if (found.length === 0) throw noSuchValue(text, name);
      return found.map(({ id }) => id);
    },
    order: (issue) => nameOf(textsIn(of(issue))[0])?.toLowerCase(),
  };
}

/** Without regard to case ([2nd] for labels); any text can be asked for. */
export function labelsField(of: Of): JqlField {
  return {
    operators: EQUALITY,
    of: (issue) => textsIn(of(issue)).map((label) => label.toLowerCase()),
    read: (text) => [text.toLowerCase()],
    order: (issue) => textsIn(of(issue))[0]?.toLowerCase(),
  };
}

/** By account id, by the whole name, or by the e-mail address (Jira: JQL fields, *Assignee*). */
export function userField(of: Of, { view: { store, caller } }: JqlContext): JqlField {
  return {
    operators: EQUALITY,
    of: (issue) => textsIn(of(issue)),
    read(text, name) {
      const found = store
        .users()
        .filter(
          ({ accountId, displayName, emailAddress }) =>
            accountId === text || isSame(displayName, text) || isSame(emailAddress, text),
        );
      if (found.length === 0) throw noSuchValue(text, name);
      return found.map(({ accountId }) => accountId);
    },
    functions: {
      currentuser: (args) =>
        args.length > 0 ? undefined : caller === undefined ? [] : [caller.accountId],
    },
    order(issue) {
      const [accountId] = textsIn(of(issue));
      const user = accountId === undefined ? undefined : store.user(accountId);
      return user?.displayName.toLowerCase();
    },
  };
}

/** @param of an instant in ms; of a field that is a day the beginning of that day in UTC */
export function dateField(
  of: (issue: JiraIssue) => number | undefined,
  context: JqlContext,
  isDay = false,
): JqlField {
  const atDay = (instant: number) => (isDay ? localDay(instant, context) : instant);
  const given = (instant: number | undefined) =>
    instant === undefined ? undefined : [atDay(instant)];
  return {
    ...numeric(of),
    read(text, name) {
      const instant = instantOf(text, context);
      if (instant !== undefined) return [atDay(instant)];
      throw new JqlFault([
        `Date value '${text}' for field '${name}' is invalid. Valid formats include: ` +
          "'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format " +
          "e.g. '-5d', '4w 2d'.",
      ]);
    },
    functions: {
      now: (args) => (args.length > 0 ? undefined : given(context.now)),
      startofday: (args) => (args.length > 1 ? undefined : given(startOfDay(args[0], context))),
    },
  };
}

export function numberField(of: (issue: JiraIssue) => number | undefined): JqlField {
  return {
    ...numeric(of),
    read(text, name) {
      const value = Number(text);
      if (text.trim() !== '' && Number.isFinite(value)) return [value];
      throw new JqlFault([`Value '${text}' for the '${name}' field is not a valid number.`]);
    },
  };
}

function numeric(of: (issue: JiraIssue) => number | undefined): Omit<JqlField, 'read'> {
  return {
    operators: ORDERED,
    of: (issue) => {
      const value = of(issue);
      return value === undefined ? [] : [value];
    },
    compare: (one, other) => Number(one) - Number(other),
    order: of,
  };
}

/** Texts that are searched by their words; several make one field, as `text` does. */
export function textField(...parts: Of[]): JqlField {
  return {
    operators: TEXT,
    of: (issue) => parts.flatMap((of) => textsIn(of(issue))),
    read(text, name) {
      if (text.trim() !== '') return [text];
      throw new JqlFault([`The field '${name}' does not support searching for an empty string.`]);
    },
    ...(parts.length === 1
      ? { order: (issue: JiraIssue) => textsIn(parts[0]?.(issue))[0]?.toLowerCase() }
      : {}),
  };
}

/** The texts in a stored value; a document's is the words that it shows. */
function textsIn(value: FieldValue | undefined): string[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  return [typeof value === 'object' ? textOf(value satisfies AdfDocument) : String(value)];
}

function isSame(one: string | undefined, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}
