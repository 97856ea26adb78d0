import type { Static } from 'typebox';
import type { Said } from '../../say/said.js';
import type { SignalId } from '../signals/index.js';
import type { Personal } from '../signals/personal.js';
import type { SignalSchema } from './signal-schema.js';

/** Reading processes need the ids and not the schemas, which take a tenth of a second to load. */
export { SIGNAL_IDS } from '../signals/index.js';
export type { SignalId };

export interface SignalFact {
  name: string;
  value?: string;
  /** Where the value is no quotation of the file but our own finding. */
  said?: { value?: Said };
  personal?: Personal;
}

/** One normalised fact with where it stands. */
export type Signal = Omit<Static<typeof SignalSchema>, 'id'> & { id: SignalId };

/** What is stated: in the file’s own words (`value`), or found out by us and to be said (`said`). */
export type Stated = Pick<Signal, 'value' | 'said'>;

export const statedBy = ({ value, said }: Stated): Stated => ({
  ...(value === undefined ? {} : { value }),
  ...(said === undefined ? {} : { said }),
});
