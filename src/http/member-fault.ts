import { asRecord, asText } from '../core/ground/json-shape.js';
import { type Said, said } from '../say/said.js';
import { httpLimits } from './limits.js';
import { cutText, shownText } from './shown-text.js';

/**
 * What a schema is not met by, by the keyword of JSON Schema that says so. Of the client's own words it holds the name of
 * a member at most; all else is names and bounds of the schema.
 */
export function memberFaults(found: unknown): { pointer: string; detail: Said }[] {
  const all = (Array.isArray(found) ? found : []).slice(0, httpLimits.namedMembers).map((one) => {
    const { instancePath, keyword, params } = { ...asRecord(one) };
    return {
      pointer: cutText(
        shownText(pointerOf(instancePath, asRecord(params) ?? {})),
        httpLimits.echoedCharacters,
      ),
      detail: detailOf(String(keyword), asRecord(params) ?? {}),
    };
  });
  // A member is wrong once, however many rules it breaks.
  return all.filter(({ pointer }, at) => all.findIndex((one) => one.pointer === pointer) === at);
}

/** What is missing or too much is the member, not the object around it. RFC 6901 section 4: two characters have a meaning. */
function pointerOf(path: unknown, params: Readonly<Record<string, unknown>>): string {
  const [name] = [
    params['additionalProperty'] ?? params['additionalProperties'],
    params['missingProperty'] ?? params['requiredProperties'],
  ]
    .flat()
    .filter((one) => typeof one === 'string');
  const at = String(path ?? '');
  return name === undefined ? at : `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function detailOf(keyword: string, params: Readonly<Record<string, unknown>>): Said {
  const limit = String(params['limit']);
  switch (keyword) {
    case 'required':
      return said('problem.member.required');
    case 'additionalProperties':
      return said('problem.member.additional');
    case 'type':
      return said('problem.member.type', { type: [params['type']].flat().map(shown) });
    case 'enum':
      return said('problem.member.enum', { values: list(params['allowedValues']) });
    case 'const':
      return said('problem.member.enum', { values: [shown(params['allowedValue'])] });
    case 'format':
      return said('problem.member.format', { format: shown(params['format']) });
    case 'pattern':
      return said('problem.member.pattern', { pattern: shown(params['pattern']) });
    case 'minimum':
    case 'exclusiveMinimum':
      return said('problem.member.minimum', { limit });
    case 'maximum':
    case 'exclusiveMaximum':
      return said('problem.member.maximum', { limit });
    case 'minLength':
      return said('problem.member.minLength', { limit });
    case 'maxLength':
      return said('problem.member.maxLength', { limit });
    case 'minItems':
      return said('problem.member.minItems', { limit });
    case 'maxItems':
      return said('problem.member.maxItems', { limit });
    case 'minProperties':
      return said('problem.member.minProperties', { limit });
    case 'uniqueItems':
      return said('problem.member.uniqueItems');
    default:
      return said('problem.member.other');
  }
}

const MOST_VALUES = 64;

const list = (values: unknown): string[] =>
  (Array.isArray(values) ? values : []).slice(0, MOST_VALUES).map(shown);

const shown = (value: unknown): string =>
  cutText(shownText(asText(value, 1_000) ?? String(value)), httpLimits.echoedCharacters);
