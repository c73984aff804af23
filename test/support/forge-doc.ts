/**
 * A UI Kit page without a browser: the real `@forge/react` and `@forge/bridge` on a bridge that keeps what
 * is drawn (the ForgeDoc) and hands each resolver call to the test. Import this before anything that
 * imports them: `@forge/bridge` looks for its bridge when it is loaded.
 */

interface ForgeNode {
  type: string;
  /** The same as long as the component is mounted. */
  key: string;
  props: Record<string, unknown>;
  children: ForgeNode[];
}

/** One call of a resolver that waits for its answer. */
export interface ResolverCall {
  key: string;
  payload: Record<string, unknown>;
  answer: (value: unknown) => void;
  fail: () => void;
}

interface Sink {
  draw: (doc: ForgeNode) => void;
  invoke: (key: string, payload: Record<string, unknown>) => Promise<unknown>;
}

let sink: Sink | undefined;

Object.assign(globalThis, {
  self: globalThis,
  __bridge: {
    callBridge: async (command: string, data: Record<string, unknown>): Promise<unknown> => {
      switch (command) {
        case 'reconcile':
          sink?.draw(data.forgeDoc as ForgeNode);
          return undefined;
        case 'invoke':
          return sink?.invoke(data.functionKey as string, data.payload as Record<string, unknown>);
        case 'getContext':
          return { locale: 'en_US', timezone: 'UTC' };
        default:
          throw new Error(`The page called the bridge: ${command}`);
      }
    },
  },
});

/** What a page shows, found and used as a person does: by labels, names of buttons, and `testId`s. */
export class ForgePage {
  /** Resolver calls that nobody has answered yet. */
  readonly pending: ResolverCall[] = [];
  private root: ForgeNode | undefined;

  private constructor() {}

  /** Draws a page. The one before is not heard of any more. */
  static open(render: () => void): ForgePage {
    const page = new ForgePage();
    sink = {
      // Each page keeps the first root that it draws: an older page may still be at work.
      draw: (doc) => (page.root ??= doc),
      invoke: (key, payload) =>
        new Promise((answer, reject) => {
          const fail = () => {
            reject(new Error('There was an error invoking the function'));
          };
          page.pending.push({ key, payload, answer, fail });
        }),
    };
    render();
    return page;
  }

  /** All text that is drawn, a line each. */
  text(within: ForgeNode = this.doc()): string {
    return nodesOf(within)
      .flatMap(({ type, props }) => {
        const { text, title, label, value } = props;
        if (type === 'String') return [String(text)];
        return [title, label, value].filter((part): part is string => typeof part === 'string');
      })
      .join('\n');
  }

  /** The whole ForgeDoc as text, with all that would reach the host. */
  everything(): string {
    // React's own links to what made an element do not travel.
    return JSON.stringify(this.doc(), (name, value: unknown) => (name === '_owner' ? null : value));
  }

  has(testId: string): boolean {
    return this.find(testId) !== undefined;
  }

  /** The text of what has this `testId`. */
  textOf(testId: string): string {
    return this.text(this.get(testId));
  }

  props(testId: string): Record<string, unknown> {
    return this.get(testId).props;
  }

  /** The field under this label. */
  field(label: string): Record<string, unknown> {
    const nodes = nodesOf(this.doc());
    const ownLabel = nodes.find(
      ({ type, props }) => type === 'UserPicker' && props.label === label,
    );
    if (ownLabel) return ownLabel.props;
    const found = nodes.find((node) => node.type === 'Label' && this.text(node) === label);
    const field = nodes.find(
      ({ type, props }) => type !== 'Label' && props.id === found?.props.labelFor,
    );
    if (found === undefined || field === undefined)
      throw new Error(`no field “${label}” on:\n${this.text()}`);
    return field.props;
  }

  type(label: string, value: string): void {
    call(this.field(label).onChange, { target: { type: 'text', value } });
  }

  switch(label: string, checked: boolean): void {
    call(this.field(label).onChange, { target: { type: 'checkbox', checked } });
  }

  check(testId: string, checked: boolean): void {
    call(this.props(testId).onChange, { target: { type: 'checkbox', checked } });
  }

  /** @param user what the picker hands over; nothing: it was cleared */
  pick(label: string, user: { id: string } | null): void {
    call(this.field(label).onChange, user);
  }

  /** Chooses in a select: what it hands over is the whole option, or a list of them. */
  select(label: string, ...values: string[]): void {
    const { options, isMulti, onChange } = this.field(label);
    const all = options as { value: string }[];
    const chosen = all.filter(({ value }) => values.includes(value));
    if (chosen.length !== values.length)
      throw new Error(`not all offered: ${JSON.stringify(options)}`);
    call(onChange, isMulti === true ? chosen : (chosen[0] ?? null));
  }

  /** The group of radio buttons or checkboxes of this `name`. */
  group(name: string): Record<string, unknown> {
    const found = nodesOf(this.doc()).find(
      ({ type, props }) => type.endsWith('Group') && props.name === name,
    );
    if (found === undefined) throw new Error(`no group “${name}” on:\n${this.text()}`);
    return found.props;
  }

  /** Chooses one of a group of radio buttons. */
  choose(name: string, value: string): void {
    call(this.group(name).onChange, { target: { type: 'radio', value } });
  }

  /** Checks a checkbox of a group, or takes its mark away. */
  toggle(name: string, value: string): void {
    const { value: before, options, onChange } = this.group(name);
    const checked = before as string[];
    const isChosen = (one: string) => checked.includes(one) !== (one === value);
    call(onChange, (options as { value: string }[]).map((option) => option.value).filter(isChosen));
  }

  /** Presses a button: the form is sent if it is its submit button. */
  press(testId: string): void {
    const { type, onClick } = this.props(testId);
    if (type === 'submit') {
      call(nodesOf(this.doc()).find((node) => node.type === 'Form')?.props.onSubmit);
    } else {
      call(onClick);
    }
  }

  /** Follows a link-like action of a message, by its text. */
  act(text: string): void {
    const actions = nodesOf(this.doc()).flatMap(({ props }) => props.actions ?? []) as Element[];
    const action = actions.find(({ props }) => props.children === text);
    if (action === undefined) throw new Error(`no action “${text}”`);
    call(action.props.onClick);
  }

  /** Waits until the page has called this key, and answers the call. */
  async answer(key: string, value: unknown): Promise<Record<string, unknown>> {
    const { payload, answer } = await this.called(key);
    answer(value);
    await settled();
    return payload;
  }

  /** Waits until the page has called this key, and lets the call fail. */
  async fail(key: string): Promise<void> {
    (await this.called(key)).fail();
    await settled();
  }

  private async called(key: string): Promise<ResolverCall> {
    const until = Date.now() + 3_000;
    while (Date.now() < until) {
      const index = this.pending.findIndex((pending) => pending.key === key);
      const [found] = index < 0 ? [] : this.pending.splice(index, 1);
      if (found) return found;
      await settled();
    }
    throw new Error(`${key} was not called; waiting: ${this.pending.map((one) => one.key).join()}`);
  }

  private doc(): ForgeNode {
    if (this.root === undefined) throw new Error('nothing is drawn');
    return this.root;
  }

  private find(testId: string): ForgeNode | undefined {
    return nodesOf(this.doc()).find(({ props }) => props.testId === testId);
  }

  private get(testId: string): ForgeNode {
    const found = this.find(testId);
    if (found === undefined) throw new Error(`no ${testId} on:\n${this.text()}`);
    return found;
  }
}

/** An element in a prop, as it travels. */
interface Element {
  props: Record<string, unknown>;
}

/** Lets everything happen that is about to. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}

function nodesOf(node: ForgeNode): ForgeNode[] {
  return [node, ...node.children.flatMap(nodesOf)];
}

function call(handler: unknown, argument?: unknown): void {
  if (typeof handler !== 'function') throw new Error('nothing handles this');
  (handler as (argument?: unknown) => void)(argument);
}
