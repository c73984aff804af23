/** What no remote would take: it is not sent, or it would make unreadable what is sent with it. */
import { issueMessageSchema, type SyncValue } from './exchange-schema';
import type { IssueMessage } from './messages';

/** Why a message is not one that a remote takes, for a person. `undefined`: it is. */
export function unsendable(message: IssueMessage<SyncValue>): string | undefined {
  const [first] = issueMessageSchema.safeParse(message).error?.issues ?? [];
  return first && `This issue has more than the other site takes: ${partAt(first.path, message)}.`;
}

function partAt([part, at]: readonly PropertyKey[], { aliases }: IssueMessage<SyncValue>): string {
  switch (part) {
    case 'aliases':
      // A table is read as its entries.
      return at === undefined
        ? 'too many aliases'
        : `the alias “${Object.keys(aliases)[Number(at)]}” is too large`;
    case 'comments':
      return 'one of its comments is too large';
    case 'path':
      return 'it has passed too many sites';
    default:
      return `“${String(part)}” has not the form that it must have`;
  }
}
