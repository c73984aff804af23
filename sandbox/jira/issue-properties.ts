/** What an issue property may be called, and what it may hold. */
import { refusal } from './errors';

/** Atlassian's OpenAPI description, "Set issue property". */
const MAX_KEY = 255;
const MAX_VALUE = 32_768;

/**
 * Checks the properties that come with the creation or an edit of an issue.
 *
 * @throws JiraRefusal 400 (its words are UNVERIFIED)
 */
export function readProperties(
  properties: { key: string; value: unknown }[],
): { key: string; value: unknown }[] {
  for (const { key, value } of properties) checkProperty(key, value);
  if (new Set(properties.map(({ key }) => key)).size < properties.length) {
    throw refusal(400, ['A property is given twice.']);
  }
  return properties;
}

/** @throws JiraRefusal 400 */
export function checkProperty(key: string, value: unknown): void {
  if (key === '' || key.length > MAX_KEY) {
    throw refusal(400, [`The property key must have 1 to ${MAX_KEY} characters.`]);
  }
  if (value === undefined) throw refusal(400, [`The value of the property '${key}' is missing.`]);
  if (JSON.stringify(value).length > MAX_VALUE) {
    throw refusal(400, [`The property value cannot have more than ${MAX_VALUE} characters.`]);
  }
}
