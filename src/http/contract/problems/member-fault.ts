import { asRecord, asText } from '../../../base/json-shape.js';
import { type Message, message } from '../../../i18n/message.js';
import { httpLimits } from '../limits.js';
import { cutText, toDisplayText } from '../shown-text.js';

/**
 * Converts schema errors to messages, by the keyword of JSON Schema that failed. Of the client's text a message
 * contains the name of a member at most; all else are names and bounds of the schema.
 */
export function toFieldErrors(found: unknown): { pointer: string; detail: Message }[] {
  const all = (Array.isArray(found) ? found : []).slice(0, httpLimits.namedMembers).map((one) => {
    const { instancePath, keyword, params } = { ...asRecord(one) };
    return {
      pointer: cutText(
        toDisplayText(toPointer(instancePath, asRecord(params) ?? {})),
        httpLimits.echoedCharacters,
      ),
      detail: toDetail(String(keyword), asRecord(params) ?? {}),
    };
  });
  // Each member is reported once, however many rules it breaks.
  return all.filter(({ pointer }, at) => all.findIndex((one) => one.pointer === pointer) === at);
}

/**
 * A missing or unknown member is named itself, not the object around it. RFC 6901 section 4: two characters are
 * escaped.
 */
function toPointer(path: unknown, params: Readonly<Record<string, unknown>>): string {
  const [name] = [
    params['additionalProperty'] ?? params['additionalProperties'],
    params['missingProperty'] ?? params['requiredProperties'],
  ]
    .flat()
    .filter((one) => typeof one === 'string');
  const at = String(path ?? '');
  return name === undefined ? at : `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function toDetail(keyword: string, params: Readonly<Record<string, unknown>>): Message {
  const limit = String(params['limit']);
  switch (keyword) {
    case 'required':
      return message('problem.member.required');
    case 'additionalProperties':
      return message('problem.member.additional');
    case 'type':
      return message('problem.member.type', { type: [params['type']].flat().map(shown) });
    case 'enum':
      return message('problem.member.enum', { values: list(params['allowedValues']) });
    case 'const':
      return message('problem.member.enum', { values: [shown(params['allowedValue'])] });
    case 'format':
      return message('problem.member.format', { format: shown(params['format']) });
    case 'pattern':
      return message('problem.member.pattern', { pattern: shown(params['pattern']) });
    case 'minimum':
    case 'exclusiveMinimum':
      return message('problem.member.minimum', { limit });
    case 'maximum':
    case 'exclusiveMaximum':
      return message('problem.member.maximum', { limit });
    case 'minLength':
      return message('problem.member.minLength', { limit });
    case 'maxLength':
      return message('problem.member.maxLength', { limit });
    case 'minItems':
      return message('problem.member.minItems', { limit });
    case 'maxItems':
      return message('problem.member.maxItems', { limit });
    case 'minProperties':
      return message('problem.member.minProperties', { limit });
    case 'uniqueItems':
      return message('problem.member.uniqueItems');
    default:
      return message('problem.member.other');
  }
}

const MAX_VALUES = 64;

const list = (values: unknown): string[] =>
  (Array.isArray(values) ? values : []).slice(0, MAX_VALUES).map(shown);

const shown = (value: unknown): string =>
  cutText(toDisplayText(asText(value, 1_000) ?? String(value)), httpLimits.echoedCharacters);
