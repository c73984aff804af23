/** The rules of what keeps two sites in step, broken one at a time. */
import type { Sabotage } from './sabotage';

const ENGINE = 'model/engine.test.ts';
const STATE = 'unit/sync-alias-state.test.ts';

/** Links, the outbox and the lease. */
const ofWhatIsStored: Sabotage[] = [
  {
    name: 'a row of the outbox goes before the result is there',
    file: 'sync/deliver.ts',
    replace: '    [result] = await peer.exchange([message]);',
    by: `    await dropRow(context, newest);
    [result] = await peer.exchange([message]);`,
    test: ENGINE,
    title: 'pair, faults: lost answers',
  },
  {
    name: 'a row goes whatever its token is',
    file: 'sync/outbox-rows.ts',
    replace: '  when: { token },',
    by: '  when: token ? {} : { token },',
    test: ENGINE,
    title: 'chain, faults: none',
  },
  {
    name: 'the link is committed though somebody has changed it',
    file: 'sync/link.ts',
    replace: '    when: { revision },',
    by: '    when: revision < 0 ? { revision } : {},',
    test: ENGINE,
    title: 'pair, faults: none',
  },
  {
    name: 'a lease keeps nobody out',
    file: 'sync/link.ts',
    replace: '  lease !== undefined && lease.until > now;',
    by: '  lease !== undefined && lease.until > now + Infinity;',
    test: ENGINE,
    title: 'pair, faults: none',
  },
  {
    name: 'contracts are remembered whatever their revision is',
    file: 'sync/contract-cache.ts',
    replace: 'if (known?.revision === revision) return known.contracts;',
    by: 'if (known) return known.contracts;',
    test: 'e2e/sync-stays.test.ts',
    title: 'a disabled contract sends nothing and takes nothing',
  },
];

/** What is decided about values. */
const ofValues: Sabotage[] = [
  {
    name: 'a counter in place of versions',
    file: 'sync/version.ts',
    replace: 'countOf(version, site) >= n;',
    by: 'Object.values(version).reduce((sum, count) => sum + count, site === "" ? 1 : 0) >= n;',
    test: 'model/merge-value.test.ts',
    title: 'at rest both sides have the same value, whatever happened on the way',
  },
  {
    name: 'of two changes with the same stamp each side prefers the other’s',
    file: 'sync/merge-value.ts',
    replace: '  return one.dot.site > other.dot.site;',
    by: '  return one.dot.site !== other.dot.site;',
    test: STATE,
    title: 'a value that comes of two with the same stamp both sides choose the same',
  },
  {
    name: 'the policy of each side by itself',
    file: 'sync/apply-messages.ts',
    replace: "    if (message.policy !== policyName) return deferred('policy');\n",
    by: '',
    test: 'e2e/sync-told.test.ts',
    title: 'who wins newest and here: they do not agree, it waits and is told why',
  },
  {
    name: 'a value that was kept is not sent back',
    file: 'sync/alias-state.ts',
    replace: 'state: { ...stands, dirty: true } };',
    by: 'state: stands };',
    test: STATE,
    title:
      'a value that comes a side that is clean sends again what a remote, restored from a backup, has not seen',
  },
  {
    name: 'what we know of our Jira is what has travelled, not what was read back',
    file: 'sync/alias-state.ts',
    replace: '  mine: readBackHash,',
    by: '  mine: state.mine === readBackHash ? readBackHash : state.mine,',
    test: ENGINE,
    title: 'pair, faults: none',
  },
  {
    name: 'stamps are what the clocks say',
    file: 'sync/alias-state.ts',
    replace: 'stamp: Math.max(observed.changedAt, state.stamp + 1),',
    by: 'stamp: observed.changedAt,',
    test: STATE,
    title:
      'a look at our Jira a change is later than all that it has seen, however wrong the clocks are',
  },
  {
    name: 'a value is clean once any result has come',
    file: 'sync/alias-state.ts',
    replace: 'hasSeen(theirs.version, state.dot) ? { ...state, dirty: false } : state;',
    by: 'hasSeen(theirs.version, state.dot) || state.dirty ? { ...state, dirty: false } : state;',
    test: STATE,
    title: 'a result of a remote that has seen an older one does not',
  },
  {
    name: 'what loses is in no history',
    file: 'sync/history.ts',
    replace: '  const change = changeName(loser.dot);\n',
    by: '  if (loser.dot.n > 0) return Promise.resolve();\n  const change = changeName(loser.dot);\n',
    test: ENGINE,
    title: 'pair, faults: none',
  },
  {
    name: 'an element is removed also by who has not seen it',
    file: 'sync/merge-elements.ts',
    replace: 'dot) => !hasSeen(theirs.version, dot) || theirDots.some(',
    by: 'dot) => theirDots.some(',
    test: 'model/merge-elements.test.ts',
    title:
      'two who each add an element at the same time get both; who removes removes only what was seen',
  },
];

/** What is written to Jira, and how it is told whose it was. */
const ofWrites: Sabotage[] = [
  {
    name: 'everything that is read back is taken for ours',
    file: 'sync/write-issue.ts',
    replace: '  const known = written(link, names).map(([name, alias]) => {',
    by: '  const known = Object.entries(link.aliases).map(([name, alias]) => {',
    test: ENGINE,
    title: 'pair, faults: none',
  },
  {
    name: 'a write leaves no marker',
    file: 'sync/link.ts',
    replace: '  if (!marker || link.uncommitted) return {',
    by: '  if (!marker || marker.write !== "" || link.uncommitted) return {',
    test: ENGINE,
    title: 'pair, faults: kills',
  },
  {
    name: 'a marker is believed whoever has left it',
    file: 'sync/jira-issues/issue-properties.ts',
    replace: '  if (sealed !== sealOf(said, seal)) return undefined;',
    by: `  if (sealed !== sealOf(said, seal))
    return markerSchema.safeParse(properties[markerProperty(connection)]).data;`,
    test: 'e2e/sync-forged.test.ts',
    title: 'a marker of changes that nobody has made hides none that comes',
  },
  {
    name: 'what a write has replaced unseen is gone',
    file: 'sync/unseen.ts',
    replace: 'was.hash === before.mine) return [];',
    by: 'was.hash !== "") return [];',
    test: ENGINE,
    title: 'chain, faults: lost answers',
  },
  {
    name: 'an issue is created without an intent',
    file: 'sync/apply-new.ts',
    replace:
      "  return (await store.create('origin', originKey(origin), intent)) ? intent : undefined;",
    by: "  return originKey(origin) === '' ? undefined : (await Promise.resolve(store), intent);",
    test: ENGINE,
    title: 'pair, faults: kills',
  },
  {
    name: 'after an unknown create nobody waits',
    file: 'sync/apply-new.ts',
    replace: 'if (now < since + UNKNOWN_CREATE_MS) return undefined;',
    by: '',
    test: ENGINE,
    title: 'ring, faults: lost answers',
  },
  {
    name: 'after an unknown create nobody looks whether it is there',
    file: 'sync/apply-new.ts',
    replace: 'await context.issues.findByNonce(intent.nonce);',
    by: "await Promise.resolve<string | undefined>(intent.nonce === '' ? '' : undefined);",
    test: ENGINE,
    title: 'pair, faults: kills',
  },
  {
    name: 'a walk that was ended half way is taken for finished',
    file: 'sync/link.ts',
    replace: 'if (now && told?.isUnfinished) {',
    by: 'if (now && told?.isUnfinished && name === "") {',
    test: ENGINE,
    title: 'pair, faults: lost answers',
  },
  {
    name: 'what the dedicated Local User does by hand is sent',
    file: 'sync/alias-state.ts',
    replace: '  if (observed.isAbsorbed) return { ...state, mine: observed.hash };\n',
    by: '',
    test: STATE,
    title: 'a look at our Jira what the dedicated Local User did by hand is absorbed',
  },
  {
    name: 'an edit of a copied comment is sent',
    file: 'sync/look-at-comments.ts',
    replace: '    return { ...before, hash };\n  }\n  if (audience',
    by: "    return { ...before, owner: 'here', n: n + 1, dirty: true, hash };\n  }\n  if (audience",
    test: 'e2e/sync-told.test.ts',
    title: 'an edit of a copied comment stays where it is, and its text is in the history',
  },
];

/** Where an issue may go, and where it has ended. */
const ofIssues: Sabotage[] = [
  {
    name: 'what comes back to a site that it has passed is created there again',
    file: 'sync/apply.ts',
    replace:
      "  if (message.path.includes(context.site)) return { outcome: 'rejected', reason: 'cycle' };\n",
    by: '',
    test: ENGINE,
    title: 'ring, faults: none',
  },
  {
    name: 'what cannot be read is gone',
    file: 'sync/deliver.ts',
    replace: '    const isUnlinked = link === undefined || ',
    by: `    if (link) await store.commit([nextRevision({ ...link, state: 'gone', tellsGone: true })]);
    const isUnlinked = link === undefined || `,
    test: 'e2e/sync-waits.test.ts',
    title: 'an issue that the Local User does not see for a while is not gone',
  },
  {
    name: 'a twin that was deleted is made again',
    file: 'sync/apply.ts',
    replace: "  if (link.state === 'gone') return { outcome: 'rejected', reason: 'gone' };\n",
    by: `  if (link.state === 'gone') {
    const intent = { connection: context.connection, nonce: 'again', seal: 'again', since: 0 };
    return applyNew(context, message, intent);
  }
`,
    test: 'e2e/sync-deletions.test.ts',
    title:
      'deletions are not told a twin that was deleted does not come back, whatever its original does',
  },
  {
    name: 'a contract that fails to match lets the issue out',
    file: 'sync/jira-issues/in-contract.ts',
    replace: "? undefined : 'jql';",
    by: '? undefined : undefined;',
    test: 'e2e/jira-issues-read.test.ts',
    title:
      'an issue that the contract is not for JQL that does not match it, asked of Jira about this one issue',
  },
  {
    name: 'a field that is refused holds the others back',
    file: 'sync/jira-issues/edit-issue.ts',
    replace: 'return { refused: named.length > 0 ? Object.fromEntries(named) : whole, whole };',
    by: 'return { refused: named.length < 0 ? Object.fromEntries(named) : whole, whole };',
    test: 'e2e/jira-issues-write.test.ts',
    title: 'refusals what Jira refuses is told in its words, and the rest is written',
  },
];

/** Who is believed. */
const ofTheWire: Sabotage[] = [
  {
    name: 'a signature is not compared',
    file: 'wire/authenticate.ts',
    replace: 'if (caller === undefined || !isAuthentic) return',
    by: 'if (caller === undefined) return',
    test: 'unit/wire-endpoint.test.ts',
    title: 'an unknown key and a wrong signature are the same answer for the same price',
  },
  {
    name: 'an old request is as good as a new one',
    file: 'wire/authenticate.ts',
    replace: 'TIMESTAMP_WINDOW_MS = 5 * 60_000',
    by: 'TIMESTAMP_WINDOW_MS = 6 * 60_000',
    test: 'unit/wire-endpoint.test.ts',
    title: 'timestamps are accepted up to 5 minutes away on both sides; beyond, the time is told',
  },
  {
    name: 'the answer to another request counts',
    file: 'wire/read-answer.ts',
    replace: "  if (id !== sent.id) return notVerified('other-request');\n",
    by: '',
    test: 'unit/wire-client.test.ts',
    title: 'an answer that does not verify is no answer an old answer: other-request',
  },
  {
    name: 'an answer that nobody has signed counts',
    file: 'wire/read-answer.ts',
    replace: "    return notVerified('wrong-signature');",
    by: '',
    test: 'unit/wire-client.test.ts',
    title: 'an answer that does not verify is no answer another key: wrong-signature',
  },
  {
    name: 'a refusal that nobody has signed is a result',
    file: 'sync/remote.ts',
    replace:
      "    if (outcome.kind !== 'answer') throw unavailable(outcome, url, ports, connection);\n",
    by: `    if (outcome.kind === 'refused-unsigned') {
      const { messages = [] } = request as { messages?: unknown[] };
      const results = messages.map(() => ({ outcome: 'rejected', reason: 'gone' }));
      return { results, messages: [], more: false, mode: 'active' } as T;
    }
    if (outcome.kind !== 'answer') throw unavailable(outcome, url, ports, connection);
`,
    test: 'e2e/sync-waits.test.ts',
    title:
      'what a remote says that does not know our key is no result: it waits, and goes once it does',
  },
  {
    name: 'redirects are followed',
    file: 'forge/transport.ts',
    replace: "redirect: 'manual'",
    by: "redirect: 'follow'",
    test: 'e2e/connection-bad-remotes.test.ts',
    title: 'a redirect is not followed, wherever it leads',
  },
  {
    name: 'whoever has the key is the remote, whatever its site is',
    file: 'wire/endpoint.ts',
    replace: 'if (remoteSiteId !== undefined) return remoteSiteId === siteId;',
    by: 'if (remoteSiteId !== undefined) return true;',
    test: 'e2e/independent-active-end.test.ts',
    title: 'the passive site knows its partner by key and by site',
  },
];

export const sabotagesOfTheEngine: Sabotage[] = [
  ...ofWhatIsStored,
  ...ofValues,
  ...ofWrites,
  ...ofIssues,
  ...ofTheWire,
];
