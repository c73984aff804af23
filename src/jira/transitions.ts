/** Transitions of an issue, as Jira offers them to whoever asks. */
import { z } from 'zod';
import { classifyField, type FieldKind } from './field-kinds';
import { choicesIn, fieldMetadataSchema, type Choice } from './field-metadata';

/** A field of a transition's screen that must be filled. */
export interface ScreenField {
  id: string;
  name: string;
  kind: FieldKind | 'unsupported';
  /** Jira fills it by itself. */
  hasDefault: boolean;
  /** Whether it takes a list. */
  isList: boolean;
  /** `undefined`: no list to choose from. */
  choices?: readonly Choice[];
}

export interface Transition {
  id: string;
  name: string;
  /** Id of the status that it leads to. */
  to: string;
  /** Whether it starts from every status. */
  isGlobal: boolean;
  /** Whether the workflow has conditions for it: another issue, or the same one later, may lack it. */
  isConditional: boolean;
  /** With `expand=transitions.fields`. */
  required: readonly ScreenField[];
}

/** `GET /rest/api/3/issue/{issue}/transitions?expand=transitions.fields` */
export const transitionsSchema = z
  .object({
    transitions: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        to: z.object({ id: z.string() }),
        isGlobal: z.boolean().optional(),
        isConditional: z.boolean().optional(),
        isAvailable: z.boolean().optional(),
        fields: z.record(z.string(), fieldMetadataSchema).optional(),
      }),
    ),
  })
  .transform(({ transitions }): Transition[] =>
    transitions
      .filter(({ isAvailable }) => isAvailable !== false)
      .map(({ id, name, to, isGlobal, isConditional, fields = {} }) => ({
        id,
        name,
        to: to.id,
        isGlobal: isGlobal === true,
        isConditional: isConditional === true,
        required: Object.entries(fields)
          .filter(([, { required }]) => required)
          .map(([fieldId, metadata]) => {
            const choices = choicesIn(metadata);
            return {
              id: fieldId,
              name: metadata.name,
              kind: classifyField(metadata.schema).kind,
              hasDefault: metadata.hasDefaultValue === true,
              isList: metadata.schema.type === 'array',
              ...(choices === undefined ? {} : { choices }),
            };
          }),
      })),
  );
