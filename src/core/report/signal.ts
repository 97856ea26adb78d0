import type { Static } from 'typebox';
import type { Message } from '../../i18n/message.js';
import type { SignalId } from '../signals/index.js';
import type { Personal } from '../signals/personal.js';
import type { SignalSchema } from './signal-schema.js';

/** Reading processes need only the ids, without the schemas, which take a tenth of a second to load. */
export { SIGNAL_IDS } from '../signals/index.js';
export type { SignalId };

export interface SignalFact {
  name: string;
  value?: string;
  /** Present if the value is Assay's own finding rather than a quotation of the file. */
  messages?: { value?: Message };
  personal?: Personal;
}

/** Normalised fact with its locators. */
export type Signal = Omit<Static<typeof SignalSchema>, 'id'> & { id: SignalId };

/** Stated value: in the file’s own words (`value`), or as a message of Assay's (`messages`). */
export type StatedValue = Pick<Signal, 'value' | 'messages'>;

export const toStatedValue = ({ value, messages }: StatedValue): StatedValue => ({
  ...(value === undefined ? {} : { value }),
  ...(messages === undefined ? {} : { messages }),
});
