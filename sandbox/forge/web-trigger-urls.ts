/** Web trigger URLs of one installation: the GraphQL that the SDK sends to make, list and delete them. */
import { z } from 'zod';
import { uuidFrom, type SiteIdentity } from '../site';
import type { SandboxStorage, Table } from '../storage';
import type { AppManifest, WebTriggerModule } from './manifest';
import { appIdOf, contextAri, ENVIRONMENT_ID } from './runtime-object';

interface StoredUrl {
  triggerKey: string;
  /** Counts up, so that the newest is known, and an id never comes back. */
  number: number;
  deleted: boolean;
}

const appContext = { appId: z.string(), envId: z.string(), contextId: z.string() };

const requestSchema = z.object({ query: z.string(), variables: z.unknown().optional() });

const createSchema = z.object({
  input: z.strictObject({ ...appContext, triggerKey: z.string() }),
  forceCreate: z.boolean(),
});

const deleteSchema = z.strictObject({ id: z.string() });

const querySchema = z.strictObject(appContext);

export class WebTriggerUrls {
  private readonly stored: Table<StoredUrl>;

  constructor(
    private readonly identity: SiteIdentity,
    private readonly manifest: AppManifest,
    storage: SandboxStorage,
  ) {
    this.stored = storage.table<StoredUrl>('web-triggers');
  }

  /** Answers the SDK's GraphQL; `undefined` for what is not about web triggers, or asks for more than is here. */
  graphql(body: string): Response | undefined {
    const { query, variables } = requestSchema.parse(JSON.parse(body));
    const answer = <T>(schema: z.ZodType<T>, respond: (asked: T) => Response) => {
      const asked = schema.safeParse(variables);
      return asked.success ? respond(asked.data) : undefined;
    };
    if (query.includes('createWebTriggerUrl(')) {
      return answer(createSchema, (asked) => this.create(asked));
    }
    if (query.includes('deleteWebTriggerUrl(')) {
      return answer(deleteSchema, (asked) => this.delete(asked));
    }
    if (query.includes('webTriggerUrlsByAppContext(')) {
      return answer(querySchema, (asked) => this.query(asked));
    }
    return undefined;
  }

  /** The module behind the id of a URL, if its URLs are of that format. */
  find(id: string, format: WebTriggerModule['urlFormat']): WebTriggerModule | undefined {
    const module = this.moduleOf(id);
    return module?.urlFormat === format ? module : undefined;
  }

  /** The newest URL of the app's first web trigger, once the app has asked for one. */
  newestUrl(): string | undefined {
    const [first] = this.manifest.webTriggers;
    if (!first) return undefined;
    const id = this.newestId(first.key);
    return id === undefined ? undefined : this.urlOf(first, id);
  }

  /**
   * The same URL each time unless a new one is asked for (Forge: web trigger API, getUrl). An unknown key
   * is an error of the whole call; its text is UNVERIFIED.
   */
  private create({ input, forceCreate }: z.infer<typeof createSchema>): Response {
    const module = this.manifest.webTriggers.find(({ key }) => key === input.triggerKey);
    if (!module || !this.isOurs(input)) return graphqlError('createWebTriggerUrl');
    const existing = forceCreate ? undefined : this.newestId(module.key);
    return data({
      createWebTriggerUrl: { url: this.urlOf(module, existing ?? this.add(module.key)) },
    });
  }

  private delete({ id }: z.infer<typeof deleteSchema>): Response {
    const stored = this.stored.get(id);
    if (!stored || stored.deleted) {
      return data({
        deleteWebTriggerUrl: { success: false, message: 'Web trigger URL not found' },
      });
    }
    this.stored.set(id, { ...stored, deleted: true });
    return data({ deleteWebTriggerUrl: { success: true, message: null } });
  }

  private query(context: z.infer<typeof querySchema>): Response {
    if (!this.isOurs(context)) return graphqlError('webTriggerUrlsByAppContext');
    return data({
      webTriggerUrlsByAppContext: this.stored.entries().flatMap(([id, { triggerKey }]) => {
        const module = this.moduleOf(id);
        return module ? [{ triggerKey, url: this.urlOf(module, id) }] : [];
      }),
    });
  }

  private isOurs({ appId, envId, contextId }: z.infer<typeof querySchema>): boolean {
    return (
      appId === appIdOf(this.manifest) &&
      envId === ENVIRONMENT_ID &&
      contextId === contextAri(this.identity)
    );
  }

  private moduleOf(id: string): WebTriggerModule | undefined {
    const stored = this.stored.get(id);
    if (!stored || stored.deleted) return undefined;
    return this.manifest.webTriggers.find(({ key }) => key === stored.triggerKey);
  }

  private newestId(triggerKey: string): string | undefined {
    return this.stored
      .entries()
      .filter(([, stored]) => !stored.deleted && stored.triggerKey === triggerKey)
      .sort(([, a], [, b]) => b.number - a.number)[0]?.[0];
  }

  private add(triggerKey: string): string {
    const numbers = this.stored.entries().map(([, { number }]) => number);
    const number = Math.max(0, ...numbers) + 1;
    const id = uuidFrom(`web-trigger:${this.identity.installationId}:${triggerKey}:${number}`);
    this.stored.set(id, { triggerKey, number, deleted: false });
    return id;
  }

  private urlOf({ urlFormat }: WebTriggerModule, id: string): string {
    const { installationId } = this.identity;
    return urlFormat === 'v2'
      ? `https://${installationId}.webtrigger.atlassian.app/public/${id}`
      : `https://${installationId}.hello.atlassian-dev.net/x1/${id}`;
  }
}

/** The hosts that lead to a site's web triggers: of either URL format, and the alias. */
export function webTriggerHosts({ installationId, aliasId }: SiteIdentity): string[] {
  return [
    `${installationId}.webtrigger.atlassian.app`,
    `${aliasId}.webtrigger.atlassian.app`,
    `${installationId}.hello.atlassian-dev.net`,
  ];
}

const data = (value: object): Response => Response.json({ data: value });

const graphqlError = (field: string): Response =>
  Response.json({ data: { [field]: null }, errors: [{ message: `${field} failed` }] });
