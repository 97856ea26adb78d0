import type { FastifyInstance, FastifyRequest } from 'fastify';
import { asRecord, member } from '../core/ground/json-shape.js';
import { nearestWord } from '../core/ground/nearest-word.js';
import { table } from '../core/ground/table.js';
import { said } from '../say/said.js';
import { AskQuerySchema } from './asked-query.js';
import { badField, type Problem } from './problem.js';
import { problemAnswers } from './schemas.js';
import { unknownMember } from './unknown-member.js';

/** What is asked of a file, and so changes what is answered. */
const QUESTIONS = Object.keys(AskQuerySchema.properties);
/** On every address: the language of words and problems, the token of a session's forms. */
const EVERYWHERE = ['lang', 'token'];
const TO_SIGN_IN = 'to';
/** A probe may add what it likes. */
const HEALTH = '/v1/health/';

/** By address: members that an earlier version took, and what is asked in their place. */
const REPLACED: Readonly<Record<string, Readonly<Record<string, string>>>> = table({
  '/v1/inspections': table({ profile: 'fields' }),
  // The answer is the envelope; the Report alone has an address of its own.
  '/v1/inspections/:id': table({ envelope: '/v1/inspections/{id}/report.json' }),
});

const isStrict = (path: string): boolean => path.startsWith('/v1/') && !path.startsWith(HEALTH);

/**
 * A member of the query that a route does not know would be dropped in silence, and another question be answered than the
 * one asked. Under `/v1` each is refused, with the one that is meant, where one is near. Links to pages get members
 * hung on by whoever passes them on: there only what comes near to a question is refused.
 */
export function refuseUnknownMembers(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const { response = {}, ...schema } = route.schema ?? {};
    if (!isStrict(route.url) || Object.hasOwn(Object(response), '400')) return;
    const told = problemAnswers({ 400: 'A member of the query is not known here.' });
    route.schema = { ...schema, response: { ...Object(response), ...told } };
  });
  app.addHook('onRequest', async (request) => {
    if (request.is404) return;
    const path = request.routeOptions.url ?? '';
    if (path.startsWith(HEALTH)) return;
    const refuse = isStrict(path) ? unknownTo : nearTo;
    const known = membersOf(request);
    for (const [name, value] of new URL(request.url, 'http://local').searchParams) {
      if (known.includes(name) || EVERYWHERE.includes(name)) continue;
      const instead = REPLACED[path]?.[name];
      if (instead !== undefined) throw badField(name, said('problem.field.replaced', { name: instead }));
      const problem = refuse(name, value, known);
      if (problem !== undefined) throw problem;
    }
  });
}

function membersOf({ routeOptions: { schema, url } }: FastifyRequest): string[] {
  const properties = asRecord(member(asRecord(schema?.querystring) ?? {}, 'properties')) ?? {};
  return [...Object.keys(properties), ...(url === '/sign-in' ? [TO_SIGN_IN] : [])];
}

function unknownTo(name: string, value: string, known: readonly string[]): Problem | undefined {
  if (QUESTIONS.includes(name)) {
    // An empty one asks nothing.
    return value.trim() === '' ? undefined : askedElsewhere(name);
  }
  return unknownMember(name, [...known, 'lang'], [...known, 'lang', ...QUESTIONS]);
}

function nearTo(name: string, value: string, known: readonly string[]): Problem | undefined {
  if (QUESTIONS.includes(name)) return value.trim() === '' ? undefined : askedElsewhere(name);
  const meant = nearestWord(name, [...known, ...QUESTIONS]);
  return meant === undefined ? undefined : unknownMember(name, known, [meant]);
}

const askedElsewhere = (name: string): Problem => badField(name, said('problem.field.notHere'));
