import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { isDay } from '../../base/day.js';
import { LawCalendarSchema, publishChanges } from '../../core/law/published-changes.js';
import { type CalendarRequest, findCalendar, listPlaces } from '../../core/law/rulebook-diff.js';
import { UnknownLawError } from '../../core/law/rulebooks/index.js';
import type { Language } from '../../i18n/languages.js';
import { message } from '../../i18n/message.js';
import { utcDay } from '../../inspect/options/resolved.js';
import { queryProperties } from '../../inspect/options/schemas.js';
import { openToAll, pageRouteOptions } from '../contract/access.js';
import { registerOperation } from '../contract/operation.js';
import { badField } from '../contract/problems/problem.js';
import { BAD_QUERY, jsonResponse } from '../contract/schemas.js';
import { renderCalendarPage } from '../pages/calendar-page.js';
import { sendPage } from '../responses/send-inspection.js';
import { createPageTranslator } from '../services/language.js';
import { addField, splitList, type UploadFields } from '../services/options/upload-fields.js';

const MEMBERS = ['jurisdiction', 'role', 'from'] as const;
type CalendarQuery = Partial<Record<(typeof MEMBERS)[number], string>>;

const word = Type.Optional(Type.String({ maxLength: 200 }));
const PageQuerySchema = Type.Object({ jurisdiction: word, role: word, from: word });

/** Registers the calendar of law: what begins or ends in twelve months. */
export function calendarRoutes(app: FastifyInstance): void {
  registerOperation(app, 'GET /v1/law/calendar', openToAll, {
    operationId: 'getLawCalendar',
    tags: ['rulebooks'],
    summary: 'List what begins or ends in law within twelve months',
    description:
      'Lists clauses of rulebooks that begin or end, and watched law that begins, ends or is due for another look, by day. Law that no rulebook encodes and that is not watched is missing.',
    querystring: Type.Object(
      {
        ...queryProperties(['jurisdiction', 'role']),
        from: Type.Optional(
          Type.String({ description: 'First day of the twelve months, as YYYY-MM-DD. Default: today.' }),
        ),
      },
      { additionalProperties: false },
    ),
    answers: { 200: jsonResponse('The changes, by day.', LawCalendarSchema) },
    problems: BAD_QUERY,
    handler: async (request) => {
      const { from, to, changes } = findCalendarOf(parseQuery(request.query));
      return { from, to, ...publishChanges(changes) };
    },
  });

  app.get<{ Querystring: CalendarQuery }>(
    '/law/calendar',
    pageRouteOptions('open', { querystring: PageQuerySchema }),
    async (request, reply) => {
      const translator = createPageTranslator(request, reply);
      const asked = parseQuery(request.query);
      return sendPage(
        reply,
        renderCalendarPage({ asked, ...findCalendarOf(asked, translator.language) }, translator),
      );
    },
  );
}

/** An empty value means unset: that is what an untouched form sends. */
function parseQuery({ jurisdiction = '', role = '', from = '' }: CalendarQuery): CalendarRequest {
  const fields: UploadFields = {};
  addField({ fieldname: 'role', value: role }, fields, [], 'query');
  if (from !== '' && !isDay(from)) throw badField('from', message('problem.field.day'));
  const places = splitList(jurisdiction);
  return {
    from: from === '' ? utcDay() : from,
    ...(places.length > 0 && { jurisdictions: places }),
    ...(fields.role && { roles: fields.role }),
  };
}

/** Throws `Problem` for a place without any law, encoded or watched. */
function findCalendarOf(asked: CalendarRequest, language: Language = 'en') {
  try {
    return findCalendar(asked, language);
  } catch (error) {
    if (!(error instanceof UnknownLawError)) throw error;
    throw badField('jurisdiction', message('problem.field.codes', { names: listPlaces() }));
  }
}
