import type { ErrorRecord, FourFacts } from '../core/report/report.js';
import { headlineTold, textIn, textOf } from '../core/report/text-in.js';
import type { Speech } from '../say/speech.js';
import { factsIn } from './facts-in.js';
import type { SlimRecord } from './record.js';

/** A record said in another language than that of its run; of one that a version before 0.2 wrote the words stay as they are, and the four facts are told by its codes. */
export function recordTold(record: SlimRecord, speech: Speech): SlimRecord {
  const { summary, signals, contradictions, parts } = record;
  const { headline } = summary;
  const sentence = summary.said?.sentence;
  return {
    ...record,
    summary: {
      ...summary,
      ...(headline === undefined ? {} : { headline: headlineTold(headline, speech) }),
      facts: factsTold(factsIn(record), speech),
      ...(sentence === undefined ? {} : { sentence: textOf(sentence, speech) }),
    },
    ...(parts === undefined
      ? {}
      : {
          parts: parts.map((one) =>
            one.headline === undefined ? one : { ...one, headline: headlineTold(one.headline, speech) },
          ),
        }),
    signals: signals.map((one) => {
      const value = one.said?.value;
      return value === undefined ? one : { ...one, value: textOf(value, speech) };
    }),
    contradictions: contradictions.map((one) => {
      const statement = one.said?.statement;
      return statement === undefined ? one : { ...one, statement: textOf(statement, speech) };
    }),
  };
}

function factsTold({ who, changed, ai, when }: FourFacts, speech: Speech): FourFacts {
  const told = (fact: FourFacts['who']) => {
    const text = textIn(fact, 'text', speech);
    return text === undefined ? fact : { ...fact, text };
  };
  return { who: told(who), changed: told(changed), ai: told(ai), when: told(when) };
}

/** The same of a file that was not inspected. */
export const errorTold = (record: ErrorRecord, speech: Speech): ErrorRecord => ({
  ...record,
  message: textIn(record, 'message', speech) ?? record.message,
});
