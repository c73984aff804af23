/**
 * What the admin page and its resolver say to each other: one type per resolver key. The page imports
 * types only from here. The keys and the shapes are stable; times are ISO 8601 in UTC.
 */
import type { ConnectionChanges, ConnectionDraft, LocalUser } from '../../connection/draft';
import type { TestReport } from '../../connection/connection-test/report';
import type { ContractApi, ContractDraft } from './contract-api';

export type { ConnectionChanges, ConnectionDraft, LocalUser } from '../../connection/draft';
export type { Check, CheckStatus, TestReport } from '../../connection/connection-test/report';
export type {
  ContractApi,
  ContractComparison,
  ContractDraft,
  ContractPreview,
  ContractView,
  DemandedScreenField,
  TextFieldHere,
} from './contract-api';

/** A stored connection as the page sees it. Keys never come back. */
export interface ConnectionView {
  id: string;
  name: string;
  localUser: LocalUser;
  remoteUrl: string | null;
  hasRemoteKey: boolean;
  passive: boolean;
  alternativeBaseUrl: string | null;
  state: 'running' | 'paused';
  /** How many contracts it has. */
  contracts: number;
  /** While two Local Authentication Keys are accepted: when the old one ends by itself. */
  rotationEndsAt?: string;
  /**
   * When a request was accepted on this connection (not one of this site's own tests): noted once an hour, so that
   * the last one may have come up to an hour later.
   */
  lastAcceptedAt?: string;
  lastTest?: { at: string; result: 'passed' | 'warning' | 'failed' };
}

/** A refusal. `field` is named as in the draft; without it the error concerns the whole call. */
export interface ApiError {
  field?: keyof ConnectionDraft | keyof ContractDraft;
  code: string;
  message: string;
}

export type Answer<T> = { ok: true; value: T } | { ok: false; errors: ApiError[] };

/** zxcvbn's score: 0 (guessed at once) to 4 (strong). */
export type KeyScore = 0 | 1 | 2 | 3 | 4;

/** Each resolver key with what it takes and what it answers. */
export interface AdminApi extends ContractApi {
  'connections/list': { request: Record<string, never>; value: ConnectionView[] };
  'connections/add': { request: ConnectionDraft; value: ConnectionView };
  'connections/update': {
    request: { id: string; changes: ConnectionChanges };
    value: ConnectionView;
  };
  'connections/remove': { request: { id: string }; value: { id: string } };
  'connections/pause': { request: { id: string }; value: ConnectionView };
  'connections/resume': { request: { id: string }; value: ConnectionView };
  'connections/test': {
    request:
      { id: string } | { draft: ConnectionDraft } | { id: string; changes: ConnectionChanges };
    value: TestReport;
  };
  'keys/generate': { request: Record<string, never>; value: { key: string; score: KeyScore } };
  'keys/rate': {
    request: { key: string };
    value: { score: KeyScore; warning?: string; suggestions: string[] };
  };
  /** The new Local Authentication Key, shown this once. */
  'keys/rotate': { request: { id: string }; value: { key: string } };
  /** Ends the old Local Authentication Key now. */
  'keys/retire': { request: { id: string }; value: { id: string } };
  'site/describe': {
    request: Record<string, never>;
    value: { name: string; siteId: string; endpointUrl: string; appAccountId: string };
  };
}

export type AdminKey = keyof AdminApi;
