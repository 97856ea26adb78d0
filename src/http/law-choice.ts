import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { AccessSettings } from '../config.js';
import { lawFor } from '../core/law/asked-law.js';
import { judgedAnew } from '../core/law/reevaluate.js';
import type { Report } from '../core/report/report.js';
import type { Role } from '../core/report/rule-terms.js';
import { callerOf } from './access.js';
import { Problem } from './problem.js';
import type { Services } from './services.js';
import { lawIn, takeField, type UploadFields } from './upload-fields.js';

/** Whose law a reader wants to see on reports: of one place, for one role. Remembered by their browser alone. */
export interface LawChoice {
  place?: string;
  role?: Role;
}

const word = Type.Optional(Type.String({ maxLength: 64 }));
export const LawChoiceQuerySchema = Type.Object({ jurisdiction: word, role: word });

const MEMBERS = ['jurisdiction', 'role'] as const;
const NAME = 'assay-law';
const DAYS_REMEMBERED = 180;
const DAY_SECONDS = 86_400;

type Known = Pick<Services, 'rulebooks' | 'config'>;

/** What the address asks, which is remembered from then on; else what was remembered. Refuses what is not known. */
export function lawChoice(request: FastifyRequest, reply: FastifyReply, services: Known): LawChoice {
  const asked = new URL(request.url, 'http://local').searchParams;
  if (!MEMBERS.some((name) => asked.has(name))) return remembered(request, services);
  const choice = choiceIn(asked, services);
  const attributes = attributesOf(services.config.access);
  if (choice.place === undefined && choice.role === undefined) reply.clearCookie(NAME, attributes);
  else reply.setCookie(NAME, textOf(choice), { ...attributes, maxAge: DAYS_REMEMBERED * DAY_SECONDS });
  return choice;
}

/** A law that is here no longer was chosen once: nothing is asked then. */
function remembered({ cookies }: FastifyRequest, services: Known): LawChoice {
  const kept = cookies[NAME];
  if (kept === undefined) return {};
  try {
    return choiceIn(new URLSearchParams(kept.slice(0, 200)), services);
  } catch (error) {
    if (error instanceof Problem) return {};
    throw error;
  }
}

function choiceIn(asked: URLSearchParams, { rulebooks }: Known): LawChoice {
  const fields: UploadFields = {};
  for (const fieldname of MEMBERS)
    takeField({ fieldname, value: asked.get(fieldname) ?? '' }, fields, rulebooks, 'query');
  const [place] = fields.jurisdiction ?? [];
  const [role] = fields.role ?? [];
  return { ...(place === undefined ? {} : { place }), ...(role === undefined ? {} : { role }) };
}

const textOf = ({ place, role }: LawChoice): string =>
  new URLSearchParams({ jurisdiction: place ?? '', role: role ?? '' }).toString();

/** Strict: it is wanted on pages of ours alone, and no script needs it. */
const attributesOf = ({ publicUrl, basePath }: AccessSettings) =>
  ({
    httpOnly: true,
    sameSite: 'strict',
    secure: publicUrl?.startsWith('https:') ?? false,
    path: `${basePath}/inspections`,
  }) as const;

/** A kept Report as the law of that place has it, from its own signals; it stays as it is where nothing was chosen. */
export function judgedFor(
  report: Report,
  { place, role }: LawChoice,
  request: FastifyRequest,
  { rulebooks, config }: Known,
): Report {
  if (place === undefined && role === undefined) return report;
  const asked = {
    ...(place === undefined ? {} : { jurisdiction: [place] }),
    ...(role === undefined ? {} : { role: [role] }),
  };
  const defaults = { key: callerOf(request).defaults, operator: config.lawDefaults };
  const law = lawFor(lawIn(asked, defaults, rulebooks));
  return judgedAnew(report, law, { asOf: report.tool.asOf });
}
