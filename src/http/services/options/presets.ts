import type { Config } from '../../../config/settings.js';
import type { KeyDefaults } from '../../../storage/access/keys.js';

/** Returns the law selection used if the client names none: the defaults of its key, else those of the operator. */
export const resolveLawPresets = (
  { lawDefaults }: Pick<Config, 'lawDefaults'>,
  { jurisdictions, roles }: KeyDefaults,
): Config['lawDefaults'] => ({
  ...lawDefaults,
  ...(jurisdictions && { jurisdictions }),
  ...(roles && { roles }),
});
