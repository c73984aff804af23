/** A value of a field as Jira's changelog keeps it, in the form of the field's member of `fields`. */
import { documentOfText } from '../../jira/adf/plain-text';
import type { FieldKind } from '../../jira/field-kinds';
import type { HistoryValue } from './issue-answer';

/**
 * What a converter reads. `undefined`: it cannot be told.
 *
 * Of formatted text the changelog keeps the text alone: the formatting is lost, which is less than the text.
 * Sets are written by element, and nothing of them is ever replaced.
 */
export function jsonInHistory(kind: FieldKind, { id, text }: HistoryValue): unknown {
  if ((id ?? '') === '' && (text ?? '') === '') return null;
  switch (kind) {
    case 'text':
    case 'url':
      return text ?? undefined;
    case 'rich-text':
      return text === null ? undefined : documentOfText(text);
    case 'number': {
      const number = Number(text);
      return text === null || Number.isNaN(number) ? undefined : number;
    }
    case 'date':
      return /^\d{4}-\d\d-\d\d/.exec(id ?? '')?.[0];
    case 'datetime':
      return id === null || Number.isNaN(Date.parse(id)) ? undefined : id;
    case 'user':
      return id === null ? undefined : { accountId: id, displayName: text ?? id };
    case 'option':
    case 'priority':
    case 'resolution':
    case 'issue-type':
    case 'status':
      return id === null ? undefined : { id, name: text ?? id };
    case 'options':
    case 'labels':
    case 'components':
    case 'versions':
      return undefined;
  }
}
