import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { AccessSettings } from '../../../config/settings.js';
import { resolveLaw } from '../../../core/law/law-selection.js';
import { applyLawToReport } from '../../../core/law/reevaluate.js';
import type { StoredReport } from '../../../core/report/report.js';
import type { Role } from '../../../core/report/rule-terms.js';
import { callerOf } from '../../contract/access.js';
import { Problem } from '../../contract/problems/problem.js';
import type { Services } from '../services.js';
import { addField, resolveLawOptions, type UploadFields } from './upload-fields.js';

/** Law selection of a reader: one jurisdiction and one role. Only their browser remembers it. */
export interface LawChoice {
  jurisdiction?: string;
  role?: Role;
}

const word = Type.Optional(Type.String({ maxLength: 64 }));
export const LawChoiceQuerySchema = Type.Object({ jurisdiction: word, role: word });

const MEMBERS = ['jurisdiction', 'role'] as const;
const NAME = 'assay-law';
const DAYS_REMEMBERED = 180;
const DAY_SECONDS = 86_400;

type Known = Pick<Services, 'rulebooks' | 'config'>;

/**
 * Returns the selection of the address, which is then remembered, else the remembered one. Throws `Problem` for unknown
 * values.
 */
export function readLawChoice(request: FastifyRequest, reply: FastifyReply, services: Known): LawChoice {
  const asked = new URL(request.url, 'http://local').searchParams;
  if (!MEMBERS.some((name) => asked.has(name))) return readRememberedChoice(request, services);
  const choice = parseChoice(asked, services);
  const attributes = cookieAttributes(services.config.access);
  if (choice.jurisdiction === undefined && choice.role === undefined) reply.clearCookie(NAME, attributes);
  else reply.setCookie(NAME, formatChoice(choice), { ...attributes, maxAge: DAYS_REMEMBERED * DAY_SECONDS });
  return choice;
}

/** Returns the remembered selection. Ignores a remembered law that is no longer installed. */
export function readRememberedChoice(
  { cookies }: Pick<FastifyRequest, 'cookies'>,
  services: Known,
): LawChoice {
  const kept = cookies[NAME];
  if (kept === undefined) return {};
  try {
    return parseChoice(new URLSearchParams(kept.slice(0, 200)), services);
  } catch (error) {
    if (error instanceof Problem) return {};
    throw error;
  }
}

function parseChoice(asked: URLSearchParams, { rulebooks }: Known): LawChoice {
  const fields: UploadFields = {};
  for (const fieldname of MEMBERS)
    addField({ fieldname, value: asked.get(fieldname) ?? '' }, fields, rulebooks, 'query');
  const [place] = fields.jurisdiction ?? [];
  const [role] = fields.role ?? [];
  return { ...(place === undefined ? {} : { jurisdiction: place }), ...(role === undefined ? {} : { role }) };
}

const formatChoice = ({ jurisdiction: place, role }: LawChoice): string =>
  new URLSearchParams({ jurisdiction: place ?? '', role: role ?? '' }).toString();

/** Strict: only Assay's own pages need it, and no script does. */
const cookieAttributes = ({ publicUrl, basePath }: AccessSettings) =>
  ({
    httpOnly: true,
    sameSite: 'strict',
    secure: publicUrl?.startsWith('https:') ?? false,
    path: `${basePath}/inspections`,
  }) as const;

/** Judges a stored Report under the selected law, from its own signals; returns it unchanged if nothing is selected. */
export function judgeForReader(
  report: StoredReport,
  { jurisdiction: place, role }: LawChoice,
  request: FastifyRequest,
  { rulebooks, config }: Known,
): StoredReport {
  if (place === undefined && role === undefined) return report;
  const asked = {
    ...(place === undefined ? {} : { jurisdiction: [place] }),
    ...(role === undefined ? {} : { role: [role] }),
  };
  const defaults = { key: callerOf(request).defaults, operator: config.lawDefaults };
  const law = resolveLaw(resolveLawOptions(asked, defaults, rulebooks));
  return applyLawToReport(report, law, { asOf: report.tool.asOf });
}
