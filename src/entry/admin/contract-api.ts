/** What the admin page and its resolver say to each other about contracts. Part of `api.ts`. */
import type { ContractDraft } from '../../contract/draft';
import type { Direction } from '../../contract/mapping';
import type { DefaultInput, DraftedDefault } from '../../contract/screen-defaults';

export type { ContractDraft } from '../../contract/draft';

export interface ContractView extends ContractDraft {
  id: string;
  enabled: boolean;
  project: { key: string; name: string };
  issueTypes: { id: string; name: string }[];
  /** Each with the field's name and, for people, its value. */
  screenDefaults: (DraftedDefault & { name: string; label: string })[];
  /** Of those that show where the twin stands: names, by field id. */
  twinFieldNames: Record<string, string>;
  /** Field names here, in the order of the form. */
  mapped: { alias: string; field: string; direction: Direction }[];
  notMapped: { field: string; reason: string }[];
  /** Whether a contract of the other side has been met. */
  bound: boolean;
  /**
   * The one of the other side that it is bound to, or will be, as that side has last told of it. None: there is
   * none, or nothing was told yet.
   */
  counterpart?: { name: string; project: { key: string; name: string }; enabled: boolean };
  /** What does not fit between the two, in words. None where nothing was told yet. */
  misfits: string[];
  /** Issues with something that is still to be sent. */
  waiting: number;
  /** Those that need a person. */
  failed: number;
  /** Why, in words, the most frequent first. */
  reasons: { reason: string; count: number }[];
}

/** What a contract would synchronize now. */
export interface ContractPreview {
  /** Jira's approximate count of matching issues. */
  count: number;
  samples: { key: string; summary: string; issueType: string; status: string }[];
  mapped: ContractView['mapped'];
  notMapped: ContractView['notMapped'];
}

/** A field that screens of transitions demand, and that nothing fills by itself. */
export interface DemandedScreenField {
  fieldId: string;
  name: string;
  /** `none`: it cannot have a default. */
  input: DefaultInput;
  choices: { id: string; name: string }[];
  /** Names of the transitions that ask for it. */
  transitions: string[];
  /** The issue types that have such a transition. */
  issueTypeIds: string[];
}

/** What is known of the contracts of both sides. */
export interface ContractComparison {
  contracts: ContractView[];
  /** When the other side has last told of its contracts; none: never. */
  toldAt?: string;
  /** Why the other side could not be asked now, in words. */
  problem?: string;
}

/** A field that can show where the twin stands. */
export interface TextFieldHere {
  fieldId: string;
  name: string;
  /** The issue types that have it. */
  issueTypeIds: string[];
}

/** Resolver keys `contracts/*`. */
export interface ContractApi {
  'contracts/list': { request: { connection: string }; value: ContractView[] };
  /** What the form offers: projects that the connection's Local User can see, with their issue types. */
  'contracts/options': {
    request: { connection: string };
    value: {
      projects: {
        id: string;
        key: string;
        name: string;
        issueTypes: { id: string; name: string }[];
      }[];
    };
  };
  /** What the form offers for a project: for screens as far as its issues show them, and lines of text. */
  'contracts/choices': {
    request: { connection: string; projectId: string };
    value: { screens: DemandedScreenField[]; textFields: TextFieldHere[] };
  };
  'contracts/preview': { request: { draft: ContractDraft }; value: ContractPreview };
  /** Disabled until it is enabled. */
  'contracts/add': { request: ContractDraft; value: ContractView };
  'contracts/update': { request: { id: string; draft: ContractDraft }; value: ContractView };
  'contracts/remove': { request: { connection: string; id: string }; value: { id: string } };
  'contracts/enable': { request: { connection: string; id: string }; value: ContractView };
  'contracts/disable': { request: { connection: string; id: string }; value: ContractView };
  /**
   * Asks the other side for its contracts and tells it of ours, which binds those that belong together. A passive
   * side cannot ask: it shows what it was told.
   */
  'contracts/compare': { request: { connection: string }; value: ContractComparison };
  /** Tries again what waits or has failed. */
  'contracts/retry': { request: { connection: string; id: string }; value: ContractView };
}
