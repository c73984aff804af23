/** Why something is not written, in words: Jira's own, where it was Jira. */
import type { JiraRefusal } from '../../jira/client';
import { IssueUnreadable, type WriteRefusal } from '../ports';

/** @throws IssueUnreadable where the issue is not there for us any more */
export function wholeRefusal({ status, messages, errors }: JiraRefusal): WriteRefusal {
  if (status === 404) throw new IssueUnreadable();
  const words = [...messages, ...Object.values(errors)].map(sentence).join(' ');
  if (status === 403) {
    return {
      code: 'not-permitted',
      reason: words || 'The Local User may not do this: give it the permission in the project.',
    };
  }
  return { code: 'refused-by-jira', reason: words || `Jira refuses it with status ${status}.` };
}

/** What Jira says of one field. */
export const fieldRefusal = (fieldName: string, words: string): WriteRefusal => ({
  code: 'refused-by-jira',
  reason: `Jira does not take the field ${fieldName}: ${sentence(words)}`,
});

const sentence = (words: string): string => (/[.!?]$/.test(words.trim()) ? words : `${words}.`);

/** Of elements that cannot be here. */
export const partRefusal = (
  refused: readonly { refusal: WriteRefusal }[],
): WriteRefusal | undefined => {
  const [first] = refused;
  if (!first) return undefined;
  const reasons = [...new Set(refused.map(({ refusal }) => refusal.reason))];
  return { code: first.refusal.code, reason: reasons.slice(0, MAX_REASONS).join(' ') };
};

const MAX_REASONS = 5;
