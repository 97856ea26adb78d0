import type { Language } from '../../say/languages.js';
import type { SignalId } from '../signal.js';
import type { FindingWords } from './findings.js';

/** One language. */
export interface Words {
  language: Language;
  findings: FindingWords;
  /**
   * Our own English in a Report that is no key: why something was not read, what was not checked. In this language
   * where the table has it, else as it is.
   */
  ours(english: string): string;
  /** Of what may be asked: what the reader does alone. Tried on this language's words, which a Report may hold already. */
  ownStep: RegExp;
  /** A clause as texts in this language cite it; the link to the law stays beside it. */
  clause(written: string): string;
  signals: Readonly<Record<SignalId, string>>;
}
