/**
 * The events of Jira that the sandbox knows, and the scope that each needs (Forge: Jira events). The
 * platform takes any name in a manifest, and delivers nothing for one that does not exist.
 */

const WORK = [
  'created:issue',
  'updated:issue',
  'deleted:issue',
  'assigned:issue',
  'commented:issue',
  'deleted:comment',
  'created:attachment',
  'deleted:attachment',
  'created:issuelink',
  'deleted:issuelink',
  'created:worklog',
  'updated:worklog',
  'deleted:worklog',
  'created:version',
  'updated:version',
  'released:version',
  'unreleased:version',
  'archived:version',
  'unarchived:version',
  'merged:version',
  'moved:version',
  'deleted:version',
  'created:component',
  'updated:component',
  'deleted:component',
  'created:project',
  'updated:project',
  'archived:project',
  'unarchived:project',
  'softdeleted:project',
  'restored:project',
  'deleted:project',
  'set:issue-property',
  'deleted:issue-property',
] as const;

/** As `avi:jira:created:issue`. */
export type ProductEventName = `avi:jira:${(typeof WORK)[number]}`;

export const PRODUCT_EVENT_NAMES: readonly ProductEventName[] = WORK.map(
  (name): ProductEventName => `avi:jira:${name}`,
);

/** The scope that an app needs to receive any of them. */
export const PRODUCT_EVENT_SCOPE = 'read:jira-work';

/** Names that people expect and that do not exist: a new comment and an edited one are the same event. */
const EXPECTED: Readonly<Record<string, ProductEventName>> = {
  'avi:jira:created:comment': 'avi:jira:commented:issue',
  'avi:jira:updated:comment': 'avi:jira:commented:issue',
  'avi:jira:commented:comment': 'avi:jira:commented:issue',
  'avi:jira:transitioned:issue': 'avi:jira:updated:issue',
};

export function isProductEventName(name: string): name is ProductEventName {
  return (PRODUCT_EVENT_NAMES as readonly string[]).includes(name);
}

/** The event that was most likely meant by `name`. */
export function nearestEventName(name: string): ProductEventName {
  const expected = Object.hasOwn(EXPECTED, name) ? EXPECTED[name] : undefined;
  if (expected) return expected;
  const [nearest = 'avi:jira:updated:issue'] = [...PRODUCT_EVENT_NAMES].sort(
    (a, b) => distance(a, name) - distance(b, name),
  );
  return nearest;
}

/** How many letters must be put in, left out or changed (Levenshtein). */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const change = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(change, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
