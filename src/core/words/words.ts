import type { Language } from '../../say/languages.js';
import type { SignalId } from '../signal.js';

/** One language. */
export interface Words {
  language: Language;
  /**
   * Our own English in a Report that is no key: why something was not read, what was not checked. In this language
   * where the table has it, else as it is.
   */
  ours(english: string): string;
  signals: Readonly<Record<SignalId, string>>;
}
