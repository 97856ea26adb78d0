import Type, { type Static } from 'typebox';
import { ROLES, type Role } from '../core/report/rule-terms.js';
import { said } from '../say/said.js';
import type { AskDefaults } from '../store/keys.js';
import { caseRef, tagList } from './desk-words.js';
import { boundSaid } from './format-bytes.js';
import { httpLimits } from './limits.js';
import { badField, type Problem } from './problem.js';
import { cutText, shownText } from './shown-text.js';
import { unknownMember } from './unknown-member.js';

/** What a field's words are held against. */
export interface KnownRulebook {
  id: string;
  jurisdiction: string;
}

/** The fields that may stand around the file. */
export interface UploadFields {
  asOf?: string;
  /** Ids; left out: all. */
  rulebooks?: string[];
  /** Look at the decoded pixels too. */
  deep?: boolean;
  /** Ids of the rulebooks of the jurisdictions asked for; left out: all. */
  places?: string[];
  /** The same as the client named them. */
  jurisdictions?: string[];
  /** Only clauses that bind one of these; left out: all. */
  roles?: Role[];
  caseRef?: string;
  tags?: string[];
}

interface Field {
  fieldname: string;
  value: unknown;
  valueTruncated?: boolean;
}

const words = (description: string) =>
  Type.Optional(
    Type.Union([Type.String(), Type.Array(Type.String(), { maxItems: httpLimits.listed })], {
      description: `${description} A list, or one text with commas.`,
    }),
  );

/** The same fields where they come as JSON. */
export const JsonFieldsSchema = Type.Object({
  asOf: Type.Optional(
    Type.String({ description: 'The day the rules are asked about, as YYYY-MM-DD. Left out: today, UTC.' }),
  ),
  rulebooks: words('Rulebook ids. Left out: all.'),
  jurisdiction: words('Only rulebooks of these; `US` takes in its states. Left out: all.'),
  role: words('Only clauses that bind one of these. Left out: all.'),
  deep: Type.Optional(Type.Boolean({ description: 'Look at the decoded pixels too. Left out: false.' })),
  caseRef: Type.Optional(Type.String({ description: 'The desk’s own word for the story.' })),
  tags: words('Words to find it by.'),
});

/** Held against the same rules, field by field, as from a form; added to what the address asks. */
export function fieldsOf(
  asked: Static<typeof JsonFieldsSchema>,
  known: readonly KnownRulebook[],
  inQuery: UploadFields,
): UploadFields {
  const fields = { ...inQuery };
  for (const [fieldname, value] of Object.entries(asked)) {
    for (const one of [value].flat()) takeField({ fieldname, value: String(one) }, fields, known);
  }
  return fields;
}

/** Takes one field in, or refuses it. An empty value means unset: that is what an untouched form sends. */
export function takeField(part: Field, fields: UploadFields, known: readonly KnownRulebook[]): void {
  const { fieldname, value } = part;
  if (typeof value !== 'string') throw badField(echo(fieldname), said('problem.field.text'));
  if (part.valueTruncated)
    throw badField(echo(fieldname), said('problem.field.size', { most: boundSaid(httpLimits.fieldBytes) }));
  switch (fieldname) {
    case 'asOf':
      if (fields.asOf !== undefined) throw badField('asOf', said('problem.field.once'));
      if (value.trim() !== '') fields.asOf = day(value.trim());
      return;
    case 'rulebooks': {
      const wanted = listOf(value);
      if (!wanted.every((id) => known.some((one) => one.id === id))) {
        throw badField('rulebooks', said('problem.field.ids', { names: known.map(({ id }) => id) }));
      }
      if (wanted.length > 0) fields.rulebooks = [...new Set([...(fields.rulebooks ?? []), ...wanted])];
      return;
    }
    case 'deep':
      if (fields.deep !== undefined) throw badField('deep', said('problem.field.once'));
      if (value.trim() !== '') fields.deep = yesOrNo(value.trim());
      return;
    case 'jurisdiction':
      takeJurisdictions(value, fields, known);
      return;
    case 'role':
      takeRoles(value, fields);
      return;
    case 'caseRef':
      if (fields.caseRef !== undefined) throw badField('caseRef', said('problem.field.once'));
      if (value.trim() !== '') fields.caseRef = caseRef(value);
      return;
    case 'tags':
      fields.tags = tagList([...(fields.tags ?? []), ...listOf(value)]);
      return;
    case 'file':
    case 'sidecar':
      throw badField(fieldname, said('problem.field.file'));
    default:
      throw unknownMember(fieldname, [...Object.keys(JsonFieldsSchema.properties), 'file', 'sidecar']);
  }
}

function takeJurisdictions(value: string, fields: UploadFields, known: readonly KnownRulebook[]): void {
  const places = listOf(value);
  if (!places.every((place) => known.some(({ jurisdiction }) => covers(place, jurisdiction)))) {
    const all = [...new Set(known.map(({ jurisdiction }) => jurisdiction))];
    throw badField('jurisdiction', said('problem.field.codes', { names: all }));
  }
  if (places.length === 0) return;
  const ids = known.filter(({ jurisdiction }) => places.some((place) => covers(place, jurisdiction)));
  fields.places = [...new Set([...(fields.places ?? []), ...ids.map(({ id }) => id)])];
  fields.jurisdictions = [...new Set([...(fields.jurisdictions ?? []), ...places])];
}

function takeRoles(value: string, fields: UploadFields): void {
  const roles = listOf(value).map((word) => ROLES.find((role) => role === word));
  if (roles.includes(undefined)) throw badField('role', said('problem.field.any', { names: ROLES }));
  const wanted = roles.filter((role) => role !== undefined);
  if (wanted.length > 0) fields.roles = [...new Set([...(fields.roles ?? []), ...wanted])];
}

/** What the key asks for, where the client names nothing of the kind. */
export function withDefaults(
  fields: UploadFields,
  { jurisdictions, roles, rulebooks }: AskDefaults,
  known: readonly KnownRulebook[],
): UploadFields {
  const chosen = fields.rulebooks !== undefined || fields.places !== undefined;
  const all = { ...fields };
  if (!chosen && rulebooks !== undefined) all.rulebooks = rulebooks;
  if (!chosen && jurisdictions !== undefined) takeJurisdictions(jurisdictions.join(','), all, known);
  if (fields.roles === undefined && roles !== undefined) all.roles = roles;
  return all;
}

/** Those that every part of the choice names; undefined: all. */
export function wantedRulebooks({ rulebooks, places }: UploadFields): string[] | undefined {
  if (places === undefined) return rulebooks;
  return rulebooks === undefined ? places : rulebooks.filter((id) => places.includes(id));
}

const listOf = (value: string): string[] =>
  value
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** `US` takes in `US-CA`. */
const covers = (place: string, jurisdiction: string): boolean =>
  jurisdiction === place || jurisdiction.startsWith(`${place}-`);

/** A file under another name than `file`. */
export function strayFile(fieldname: string): Problem {
  return badField(echo(fieldname), said('problem.field.noFile'));
}

/** `on` is what a ticked box sends. */
function yesOrNo(value: string): boolean {
  if (value === 'true' || value === 'on') return true;
  if (value === 'false') return false;
  throw badField('deep', said('problem.field.yesOrNo'));
}

/** `2026-02-30` has the form of a day and is none. */
function day(value: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== value) {
    throw badField('asOf', said('problem.field.day'));
  }
  return value;
}

/** A name as the client wrote it, fit to be said back. A part without a name has none. */
function echo(fieldname: string | undefined): string {
  return cutText(shownText(fieldname ?? ''), httpLimits.echoedCharacters);
}
