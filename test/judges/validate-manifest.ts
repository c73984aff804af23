/** Forge's own validator of `manifest.yml`. */
import { ProcessorBuilder, ValidationTypes } from '@forge/manifest';

/** FULL alone does not compare product events with scopes, PRODUCT_TRIGGER does only that. */
export const VALIDATIONS = [ValidationTypes.FULL, ValidationTypes.PRODUCT_TRIGGER];

/** Forge: "Runtime": Node 20 is no longer supported; the CLI gets this list over the network. */
export const DEPRECATED_RUNTIMES = ['nodejs20.x'];

/**
 * Validates the manifest in the working directory: handlers and resources are looked for from there.
 *
 * @returns what is wrong with it, errors and warnings
 */
export async function validateManifest(type: ValidationTypes) {
  const { errors = [] } = await ProcessorBuilder.instance()
    .withValidation(type)
    .withOptions({ deprecatedRuntimes: DEPRECATED_RUNTIMES })
    .build()
    .process('manifest.yml');
  return errors;
}
