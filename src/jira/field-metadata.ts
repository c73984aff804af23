/** The fields of an issue type in a project, as Jira's create and edit metadata describe them. */
import { z } from 'zod';
import { classifyField, fieldSchemaSchema, type Classified, type FieldKind } from './field-kinds';

/** One of what a field may be set to. */
export interface Choice {
  id: string;
  /** As people see it: Jira's `name`, or `value` of an option. */
  name: string;
}

/** A field that this app can move. */
export interface JiraField {
  /** As Jira names it in an issue: `summary`, `customfield_10100`. */
  id: string;
  name: string;
  kind: FieldKind;
  /** `undefined`: whatever fits the kind. */
  choices?: readonly Choice[];
  /** Whether it must not be empty. */
  required: boolean;
  /** Whether Jira fills it where a new issue does not. */
  hasDefault: boolean;
  readOnly: boolean;
  /** Whether the site's admins added it. */
  custom: boolean;
  /** Of several issue types that differ in it, by the id of each that has the field: `required` is of any then. */
  ofTypes?: Readonly<Record<string, Need>>;
}

/** What an issue must have of a field. */
export type Need = Pick<JiraField, 'required' | 'hasDefault'>;

/** The field as issues of one type have it. @param type id; `undefined`: not known */
export function ofType(field: JiraField, type: string | undefined): JiraField {
  const { ofTypes, ...same } = field;
  if (!ofTypes || type === undefined) return field;
  const need = Object.hasOwn(ofTypes, type) ? ofTypes[type] : undefined;
  return { ...same, ...(need ?? { required: false }) };
}

/** A field that it cannot move. */
export interface UnsupportedField {
  id: string;
  name: string;
  kind: 'unsupported';
  reason: string;
}

const allowedValueSchema = z.object({
  id: z.string(),
  name: z.string().optional(),
  value: z.string().optional(),
  /** An option that is kept on the issues that have it. */
  disabled: z.boolean().optional(),
  /** A version that cannot be chosen any more. */
  archived: z.boolean().optional(),
});

/**
 * A field in `createmeta`, `editmeta`, or `fields` of a transition (`FieldCreateMetadata`,
 * `FieldMetadata`). `allowedValues` of some types are no choices, so they are read one by one.
 */
export const fieldMetadataSchema = z.object({
  fieldId: z.string().optional(),
  key: z.string().optional(),
  name: z.string(),
  required: z.boolean(),
  hasDefaultValue: z.boolean().optional(),
  schema: fieldSchemaSchema,
  allowedValues: z.array(z.unknown()).optional(),
});
export type FieldMetadata = z.infer<typeof fieldMetadataSchema>;

/** The choices of a field that has any. */
export function choicesIn({ allowedValues }: FieldMetadata): Choice[] | undefined {
  return allowedValues?.flatMap((value) => {
    const { data } = allowedValueSchema.safeParse(value);
    const name = data?.name ?? data?.value;
    if (data === undefined || name === undefined || data.disabled || data.archived) return [];
    return [{ id: data.id, name }];
  });
}

/** A field by its metadata. `id`: its key in `editmeta`, where the metadata need not repeat it. */
export function fieldIn(id: string, metadata: FieldMetadata): JiraField | UnsupportedField {
  const { name, required, schema } = metadata;
  const classified: Classified = classifyField(schema);
  if (classified.kind === 'unsupported') return { id, name, ...classified };
  const choices = HAS_CHOICES[classified.kind] ? choicesIn(metadata) : undefined;
  return {
    id,
    name,
    ...classified,
    required,
    hasDefault: metadata.hasDefaultValue === true,
    custom: schema.custom !== undefined,
    ...(choices === undefined ? {} : { choices }),
  };
}

/** The status is in no metadata, since it is not edited: it is reached by transitions. */
export const statusField = (choices: readonly Choice[]): JiraField => ({
  id: 'status',
  name: 'Status',
  kind: 'status',
  choices,
  required: true,
  hasDefault: true,
  readOnly: false,
  custom: false,
});

/** Of the others, `allowedValues` is missing, or is no list of all that is allowed. */
const HAS_CHOICES: Record<FieldKind, boolean> = {
  text: false,
  'rich-text': false,
  number: false,
  date: false,
  datetime: false,
  url: false,
  user: false,
  option: true,
  priority: true,
  resolution: true,
  'issue-type': true,
  status: true,
  options: true,
  labels: false,
  components: true,
  versions: true,
};
