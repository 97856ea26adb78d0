import type { FastifyRequest } from 'fastify';
import Type, { type Static, type TSchema } from 'typebox';
import { asRecord, ownMember } from '../../../base/json-shape.js';
import { message } from '../../../i18n/message.js';
import { httpLimits } from '../limits.js';
import { badField } from '../problems/problem.js';
import { unknownMemberProblem } from '../problems/unknown-member.js';

/** Selection of the members that a client wants of an answer: by name, or the short profile that lists and messages use. */

export const FieldsQuerySchema = Type.Object({
  fields: Type.Optional(
    Type.String({
      maxLength: httpLimits.selectedFieldsCharacters,
      description:
        'Members to return, separated by commas; a dot selects a nested member: `id,report.summary.origin,report.signals.id`.',
    }),
  ),
  profile: Type.Optional(
    Type.Enum(['summary'], {
      description:
        '`summary`: only the declared origin, its signer and how much of the file was read, without findings, locations or manifests.',
    }),
  ),
});
type FieldsQuery = Static<typeof FieldsQuerySchema>;

/**
 * Reads the selection from the address. It is checked here too, because no schema is applied to the query if a body is
 * read as a stream, and an ignored value would silently change the answer.
 */
function readFieldsQuery({ url }: FastifyRequest): FieldsQuery {
  const { searchParams } = new URL(url, 'http://local');
  const [fields, twice] = searchParams.getAll('fields');
  if (twice !== undefined) throw badField('fields', message('problem.field.once'));
  if (fields !== undefined && fields.length > httpLimits.selectedFieldsCharacters)
    throw badField('fields', message('problem.field.mostMembers', { most: httpLimits.selectedFields }));
  const profiles = searchParams.getAll('profile');
  if (profiles.some((one) => one !== 'summary'))
    throw badField('profile', message('problem.field.one', { names: ['summary'] }));
  return {
    ...(fields === undefined ? {} : { fields }),
    ...(profiles.length > 0 ? { profile: 'summary' } : {}),
  };
}

/** Members of a Report in the short profile. */
const SUMMARY = [
  'schema',
  'asset',
  'summary',
  'contentCredentials.presence',
  'contentCredentials.integrity',
  'contentCredentials.signer.name',
  'contentCredentials.signer.issuer',
  'contentCredentials.signer.trust',
  'contentCredentials.time.validity',
  'signals.id',
  'signals.backing',
  'contradictions.statement',
  'parts.kind',
  'parts.mediaType',
  'parts.signed',
  'tool.version',
  'tool.asOf',
  'tool.language',
];

/** Tree of the wanted members; an empty node selects everything below it. */
export interface FieldSelection {
  [name: string]: FieldSelection;
}

/**
 * Returns the members the address selects of an answer of this schema; `undefined` if all. Throws `Problem` for a
 * member that the schema lacks.
 */
export function parseFieldSelection(
  request: FastifyRequest,
  schema: TSchema,
  within?: 'report',
): FieldSelection | undefined {
  const { fields, profile } = readFieldsQuery(request);
  const paths = (fields ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  if (paths.length > httpLimits.selectedFields)
    throw badField('fields', message('problem.field.mostMembers', { most: httpLimits.selectedFields }));
  for (const path of paths) assertKnownPath(path.split('.'), schema);
  if (profile === 'summary') paths.push(...summaryPaths(schema, within));
  if (paths.length === 0) return undefined;
  const chosen: FieldSelection = {};
  for (const path of paths) addPath(path.split('.'), chosen);
  return chosen;
}

/** Keeps the whole envelope except its long members. */
function summaryPaths(schema: TSchema, within: 'report' | undefined): string[] {
  if (within === undefined) return SUMMARY;
  const around = Object.keys(asRecord(ownMember(asRecord(schema) ?? {}, 'properties')) ?? {}).filter(
    (name) => !LONG_MEMBERS.has(name) && name !== within,
  );
  return [...around, ...SUMMARY.map((path) => `${within}.${path}`)];
}

const LONG_MEMBERS = new Set(['versions', 'changes', 'notes']);

function addPath([name, ...rest]: readonly string[], chosen: FieldSelection): void {
  if (name === undefined) return;
  const known = Object.hasOwn(chosen, name) ? chosen[name] : undefined;
  // A member selected whole includes any selection inside it.
  if (known !== undefined && Object.keys(known).length === 0) return;
  const below: FieldSelection = rest.length === 0 ? {} : (known ?? {});
  Object.defineProperty(chosen, name, { value: below, enumerable: true, configurable: true, writable: true });
  addPath(rest, below);
}

/** A misspelled name that is dropped silently would look like an absent member. */
function assertKnownPath([name, ...rest]: readonly string[], schema: unknown): void {
  if (name === undefined) return;
  const properties = asRecord(ownMember(asRecord(schema) ?? {}, 'properties'));
  // The schema allows any member below this one.
  if (properties === undefined) return;
  if (!Object.hasOwn(properties, name)) throw unknownMemberProblem(name, Object.keys(properties));
  const below = asRecord(properties[name]) ?? {};
  assertKnownPath(rest, ownMember(below, 'type') === 'array' ? ownMember(below, 'items') : below);
}

/** Returns the selected members in their original order; applied to each element of a list. */
export function selectFields(value: unknown, chosen: FieldSelection): unknown {
  if (Object.keys(chosen).length === 0) return value;
  if (Array.isArray(value)) return value.map((one) => selectFields(one, chosen));
  const record = asRecord(value);
  if (record === undefined) return value;
  return Object.fromEntries(
    Object.entries(record).flatMap(([name, below]) => {
      const wanted = Object.hasOwn(chosen, name) ? chosen[name] : undefined;
      return wanted === undefined ? [] : [[name, selectFields(below, wanted)]];
    }),
  );
}
