import { DIGITAL_SOURCE_TYPES, type DigitalSourceType } from '../signals/source-types.js';
import { ACTIONS, type ActionTerm } from '../words/c2pa-terms.js';
import type { Words } from '../words/words.js';
import { type Manifest, NAME_CHARACTERS } from './manifest-lines.js';
import { type Line, type Run, timeRun } from './runs.js';

type Action = Manifest['actions'][number];

const TERMS: ReadonlyMap<string, ActionTerm> = new Map(ACTIONS.map((term) => [term, term]));
const SOURCE_TYPES: ReadonlyMap<string, DigitalSourceType> = new Map(
  DIGITAL_SOURCE_TYPES.map((term) => [term.toLowerCase(), term]),
);
/** Both vocabularies, by either scheme, or the bare term. Anything else is shown as written. */
const SOURCE_TYPE =
  /^(?:https?:\/\/(?:cv\.iptc\.org\/newscodes|c2pa\.org)\/digitalsourcetype\/|c2pa\.)?([a-z]+)\/?$/i;

/** `created (c2pa.created) · states that it was made with generative AI (trainedAlgorithmicMedia) · “agent” · …` */
export function actionLine(action: Action, words: Words): Line {
  const { softwareAgent, description, when } = action;
  const quotes = [softwareAgent, description].flatMap((text): Run[] =>
    text === undefined ? [] : [' · ', { file: text, most: NAME_CHARACTERS }],
  );
  const claimed: Run[] =
    when === undefined
      ? []
      : [` · ${words.phrases.claimed.toLowerCase()}${words.marks.colon}`, timeRun(when, words)];
  return [...actionRuns(action.action, words), ...sourceType(action, words), ...quotes, ...claimed];
}

function actionRuns(written: string, words: Words): Run[] {
  const term = TERMS.get(written);
  return term === undefined
    ? [{ file: written, most: 64 }]
    : [`${words.actions[term]}${words.marks.open}`, { code: term }, words.marks.close];
}

function sourceType({ digitalSourceType: written }: Action, words: Words): Run[] {
  if (written === undefined) return [];
  const term = SOURCE_TYPES.get(SOURCE_TYPE.exec(written.trim())?.[1]?.toLowerCase() ?? '');
  return term === undefined
    ? [' · ', { file: written, most: NAME_CHARACTERS }]
    : [
        ` · ${words.credentials.states}${words.sourceTypes[term]}${words.marks.open}`,
        { code: term },
        words.marks.close,
      ];
}
