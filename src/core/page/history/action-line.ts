import type { Translator } from '../../../i18n/translator.js';
import { ACTION_TERMS, type ActionTerm, actionMessageSuffix } from '../../c2pa/c2pa-terms.js';
import { DIGITAL_SOURCE_TYPES, type DigitalSourceType } from '../../signals/source-types.js';
import { isMarkStep, type Manifest } from '../../standing/versions.js';
import { sourceTypeMessage } from '../../summary/terms.js';
import { punctuationFor } from '../marks.js';
import { type RunLine, type TextRun, timeRun } from '../runs.js';
import { NAME_CHARACTERS } from './manifest-lines.js';

type Action = Manifest['actions'][number];

const TERMS: ReadonlyMap<string, ActionTerm> = new Map(ACTION_TERMS.map((term) => [term, term]));
const SOURCE_TYPES: ReadonlyMap<string, DigitalSourceType> = new Map(
  DIGITAL_SOURCE_TYPES.map((term) => [term.toLowerCase(), term]),
);
/** Accepts both vocabularies with either scheme, and the bare term. Anything else is shown as written. */
const SOURCE_TYPE =
  /^(?:https?:\/\/(?:cv\.iptc\.org\/newscodes|c2pa\.org)\/digitalsourcetype\/|c2pa\.)?([a-z]+)\/?$/i;

/**
 * Returns `created (c2pa.created) · states that it was made with generative AI (trainedAlgorithmicMedia) · “agent” ·
 * …`.
 */
export function actionLine(action: Action, translator: Translator): RunLine {
  const { softwareAgent, description, when } = action;
  const quotes = [softwareAgent, description].flatMap((text): TextRun[] =>
    text === undefined ? [] : [' · ', { file: text, most: NAME_CHARACTERS }],
  );
  const claimed: TextRun[] =
    when === undefined
      ? []
      : [
          ` · ${translator.text('page.phrase.claimedInLine')}${punctuationFor(translator).colon}`,
          timeRun(when, translator),
        ];
  return [...actionRuns(action.action, translator), ...sourceType(action, translator), ...quotes, ...claimed];
}

function actionRuns(written: string, translator: Translator): TextRun[] {
  const name = actionName(written, translator);
  const { open, close } = punctuationFor(translator);
  return typeof name === 'string' ? [`${name}${open}`, { code: written }, close] : [name];
}

/** Returns an action in words; one that no vocabulary names as written. */
export function actionName(written: string, translator: Translator): TextRun {
  const term = TERMS.get(written);
  return term === undefined ? { file: written, most: 64 } : translator.text(actionMessageSuffix(term));
}

function sourceType(action: Action, translator: Translator): TextRun[] {
  const { digitalSourceType: written } = action;
  if (written === undefined) return [];
  if (isMarkStep(action)) {
    const is = sourceTypeMessage(sourceTypeTerm(written) ?? '');
    return [' · ', translator.text('page.credentials.markOnly', { is })];
  }
  const name = sourceTypeName(written, translator);
  const { open, close } = punctuationFor(translator);
  return typeof name === 'string'
    ? [` · ${name}${open}`, { code: sourceTypeTerm(written) ?? written }, close]
    : [' · ', name];
}

/** Returns “states that it was …”, or a term that the vocabulary does not have as written. */
export function sourceTypeName(written: string, translator: Translator): TextRun {
  const term = sourceTypeTerm(written);
  return term === undefined
    ? { file: written, most: NAME_CHARACTERS }
    : `${translator.text('page.credentials.states')}${translator.text(`term.sourceType.${term}`)}`;
}

const sourceTypeTerm = (written: string): DigitalSourceType | undefined =>
  SOURCE_TYPES.get(SOURCE_TYPE.exec(written.trim())?.[1]?.toLowerCase() ?? '');
