import { tell } from '../src/core/law/tell.js';
import type { Report } from '../src/core/report/report.js';
import type { Signal, Stated } from '../src/core/report/signal.js';
import type { Language } from '../src/say/languages.js';
import type { Said } from '../src/say/said.js';
import { speechOf } from '../src/say/speech.js';

/** As a person reads it. */
export const told = (report: Report, language: Language = 'en'): Report => tell(report, speechOf(language));

/** A value as a person reads it: the file's own words, or what is said. */
export const toldValue = (value: string | Said | undefined): string | undefined =>
  typeof value === 'object' ? speechOf('en').say(value) : value;

/** Signals with the text of what is said in place of it. */
export const toldSignals = (signals: readonly Signal[]): Signal[] =>
  signals.map((signal) => ({
    ...withText(signal),
    ...(signal.facts === undefined ? {} : { facts: signal.facts.map(withText) }),
  }));

function withText<T extends Stated>(one: T): T {
  const { said, ...rest } = one;
  return said?.value === undefined ? one : ({ ...rest, value: toldValue(said.value) } as T);
}
