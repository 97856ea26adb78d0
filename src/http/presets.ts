import type { Config } from '../config.js';
import type { AskDefaults } from '../store/keys.js';

/** What of the law is asked where a client does not say: as its key has it, else as the operator does. */
export const presetsOf = (
  { lawDefaults }: Pick<Config, 'lawDefaults'>,
  { jurisdictions, roles }: AskDefaults,
): Config['lawDefaults'] => ({
  ...lawDefaults,
  ...(jurisdictions && { jurisdictions }),
  ...(roles && { roles }),
});
