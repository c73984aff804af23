/** Ways of an issue through its workflow. */
import { refusal } from './errors';
import { fieldMetadata } from './field-metadata';
import { statusShape } from './configuration-shapes';
import type { Transition } from './configuration';
import { getIssue, type IssueInProject } from './issue-access';
import { readIssueInput } from './issue-input';
import { shown } from './issue-screens';
import { Answer, expandOf, flag, param, type Call, type Route } from './route';
import { isAvailable, transitionIssue, transitionsFrom } from './transitions';

const TRANSITIONS = '/rest/api/3/issue/{issueIdOrKey}/transitions';

export const transitionRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: TRANSITIONS,
    operationId: 'getTransitions',
    scopes: ['read:jira-work'],
    handle(call) {
      const found = getIssue(call, param(call, 'issueIdOrKey'));
      const wanted = call.query.get('transitionId');
      const others = flag(call.query, 'includeUnavailableTransitions');
      const transitions = transitionsFrom(call, found)
        .filter(({ id }) => wanted === null || id === wanted)
        .filter((transition) => others || isAvailable(call, found, transition))
        .map((transition) => transitionShape(call, found, transition));
      return { expand: 'transitions', transitions };
    },
  },
  {
    method: 'POST',
    path: TRANSITIONS,
    operationId: 'doTransition',
    scopes: ['write:jira-work'],
    takesBody: true,
    handle(call) {
      const found = getIssue(call, param(call, 'issueIdOrKey'));
      const input = readIssueInput(call.body);
      if (input.transitionId === undefined) {
        throw refusal(400, ["Missing 'transition' identifier"]); // [2nd]
      }
      transitionIssue(call, found, { ...input, transitionId: input.transitionId });
      return new Answer(204);
    },
  },
];

function transitionShape(call: Call, found: IssueInProject, transition: Transition) {
  const { id, name, from, to, conditions, screen } = transition;
  const { issue, project } = found;
  const status = call.store.configuration.statuses.get(to);
  if (!status) throw new Error(`The transition ${name} leads nowhere`);
  const { issueTypeId } = issue;
  const use = { view: call, clock: call.clock, project, issueTypeId, issue };
  return {
    id,
    name,
    to: statusShape(call, status),
    hasScreen: screen !== undefined,
    isGlobal: from === 'any',
    isInitial: false,
    isAvailable: isAvailable(call, found, transition),
    isConditional: conditions.length > 0,
    looped: from === 'any' && to === issue.statusId,
    ...(expandOf(call).has('transitions.fields')
      ? {
          fields: Object.fromEntries(
            shown(use, screen?.fields ?? []).map((field) => [
              field.id,
              fieldMetadata(use, field, screen?.required.includes(field.id) ?? false),
            ]),
          ),
        }
      : {}),
  };
}
