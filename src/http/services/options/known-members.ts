import type { FastifyInstance, FastifyRequest } from 'fastify';
import { asRecord, ownMember } from '../../../base/json-shape.js';
import { findNearestWord } from '../../../base/nearest-word.js';
import { lookupTable } from '../../../base/table.js';
import { message } from '../../../i18n/message.js';
import { badField, type Problem } from '../../contract/problems/problem.js';
import { unknownMemberProblem } from '../../contract/problems/unknown-member.js';
import { problemResponses } from '../../contract/schemas.js';
import { InspectQuerySchema } from './inspect-query.js';

/** Inspection options, which change the answer. */
const INSPECT_OPTIONS = Object.keys(InspectQuerySchema.properties);
/** Parameters of every address: the language of texts and problems, and the form token of a session. */
const COMMON_PARAMETERS = ['lang', 'token'];
const TO_SIGN_IN = 'to';
/** A health probe may add any parameter. */
const HEALTH = '/v1/health/';

/** By address: parameters of an earlier version, and their replacement. */
const REPLACED: Readonly<Record<string, Readonly<Record<string, string>>>> = lookupTable({
  '/v1/inspections': lookupTable({ profile: 'fields' }),
  // The answer is the envelope; the Report alone has its own address.
  '/v1/inspections/:id': lookupTable({ envelope: '/v1/inspections/{id}/report.json' }),
});

const isStrict = (path: string): boolean => path.startsWith('/v1/') && !path.startsWith(HEALTH);

/**
 * Refuses unknown query parameters, which would be dropped silently and so change the question. Under `/v1` each is
 * refused, with a suggestion if a known name is near. Links to pages get parameters appended by sites that share them,
 * so there only a name near to an option is refused.
 */
export function refuseUnknownMembers(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const { response = {}, ...schema } = route.schema ?? {};
    if (!isStrict(route.url) || Object.hasOwn(Object(response), '400')) return;
    const told = problemResponses({ 400: 'The query contains an unknown parameter.' });
    route.schema = { ...schema, response: { ...Object(response), ...told } };
  });
  app.addHook('onRequest', async (request) => {
    if (request.is404) return;
    const path = request.routeOptions.url ?? '';
    if (path.startsWith(HEALTH)) return;
    const refuse = isStrict(path) ? strictProblem : lenientProblem;
    const known = knownParameters(request);
    for (const [name, value] of new URL(request.url, 'http://local').searchParams) {
      if (known.includes(name) || COMMON_PARAMETERS.includes(name)) continue;
      const instead = REPLACED[path]?.[name];
      if (instead !== undefined) throw badField(name, message('problem.field.replaced', { name: instead }));
      const problem = refuse(name, value, known);
      if (problem !== undefined) throw problem;
    }
  });
}

function knownParameters({ routeOptions: { schema, url } }: FastifyRequest): string[] {
  const properties = asRecord(ownMember(asRecord(schema?.querystring) ?? {}, 'properties')) ?? {};
  return [...Object.keys(properties), ...(url === '/sign-in' ? [TO_SIGN_IN] : [])];
}

function strictProblem(name: string, value: string, known: readonly string[]): Problem | undefined {
  if (INSPECT_OPTIONS.includes(name)) {
    // An empty parameter sets nothing.
    return value.trim() === '' ? undefined : misplacedOption(name);
  }
  return unknownMemberProblem(name, [...known, 'lang'], [...known, 'lang', ...INSPECT_OPTIONS]);
}

function lenientProblem(name: string, value: string, known: readonly string[]): Problem | undefined {
  if (INSPECT_OPTIONS.includes(name)) return value.trim() === '' ? undefined : misplacedOption(name);
  const meant = findNearestWord(name, [...known, ...INSPECT_OPTIONS]);
  return meant === undefined ? undefined : unknownMemberProblem(name, known, [meant]);
}

const misplacedOption = (name: string): Problem => badField(name, message('problem.field.notHere'));
