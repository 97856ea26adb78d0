import type { Speech } from '../../say/speech.js';
import { ACTIONS, type ActionTerm, actionId } from '../c2pa/c2pa-terms.js';
import { DIGITAL_SOURCE_TYPES, type DigitalSourceType } from '../signals/source-types.js';
import { type Manifest, NAME_CHARACTERS } from './manifest-lines.js';
import { marksOf } from './marks.js';
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
export function actionLine(action: Action, speech: Speech): Line {
  const { softwareAgent, description, when } = action;
  const quotes = [softwareAgent, description].flatMap((text): Run[] =>
    text === undefined ? [] : [' · ', { file: text, most: NAME_CHARACTERS }],
  );
  const claimed: Run[] =
    when === undefined
      ? []
      : [` · ${speech.words('page.phrase.claimedInLine')}${marksOf(speech).colon}`, timeRun(when, speech)];
  return [...actionRuns(action.action, speech), ...sourceType(action, speech), ...quotes, ...claimed];
}

function actionRuns(written: string, speech: Speech): Run[] {
  const term = TERMS.get(written);
  return term === undefined
    ? [{ file: written, most: 64 }]
    : [`${speech.words(actionId(term))}${marksOf(speech).open}`, { code: term }, marksOf(speech).close];
}

function sourceType({ digitalSourceType: written }: Action, speech: Speech): Run[] {
  if (written === undefined) return [];
  const term = SOURCE_TYPES.get(SOURCE_TYPE.exec(written.trim())?.[1]?.toLowerCase() ?? '');
  return term === undefined
    ? [' · ', { file: written, most: NAME_CHARACTERS }]
    : [
        ` · ${speech.words('page.credentials.states')}${speech.words(`term.sourceType.${term}`)}${marksOf(speech).open}`,
        { code: term },
        marksOf(speech).close,
      ];
}
