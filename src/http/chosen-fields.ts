import type { FastifyRequest } from 'fastify';
import Type, { type Static, type TSchema } from 'typebox';
import { asRecord, member } from '../core/ground/json-shape.js';
import { said } from '../say/said.js';
import { httpLimits } from './limits.js';
import { badField } from './problem.js';
import { unknownMember } from './unknown-member.js';

/** Only what a client wants of an answer: members by name, or the short form that lists and messages are made from. */

export const FieldsQuerySchema = Type.Object({
  fields: Type.Optional(
    Type.String({
      maxLength: httpLimits.chosenFieldsCharacters,
      description:
        'Only these members, separated by commas; a dot leads into one: `id,report.summary.origin,report.signals.id`.',
    }),
  ),
  profile: Type.Optional(
    Type.Enum(['summary'], {
      description:
        '`summary`: what the file declares, who stands behind that and how far it was looked into; no findings, places or manifests.',
    }),
  ),
});
type FieldsQuery = Static<typeof FieldsQuerySchema>;

/**
 * What the address asks for, checked here too: where a body is read as a stream, nobody has held the query against its
 * schema, and a word that is left aside in silence would be answered as if it had not been said.
 */
function queryOf({ url }: FastifyRequest): FieldsQuery {
  const { searchParams } = new URL(url, 'http://local');
  const [fields, twice] = searchParams.getAll('fields');
  if (twice !== undefined) throw badField('fields', said('problem.field.once'));
  if (fields !== undefined && fields.length > httpLimits.chosenFieldsCharacters)
    throw badField('fields', said('problem.field.mostMembers', { most: httpLimits.chosenFields }));
  const profiles = searchParams.getAll('profile');
  if (profiles.some((one) => one !== 'summary'))
    throw badField('profile', said('problem.field.one', { names: ['summary'] }));
  return {
    ...(fields === undefined ? {} : { fields }),
    ...(profiles.length > 0 ? { profile: 'summary' } : {}),
  };
}

/** Of the Report, in the short form. */
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

/** A tree of members that are wanted; an empty one: all below it. */
export interface Chosen {
  [name: string]: Chosen;
}

/** What the address wants of an answer of this form; undefined: all of it. Rejects a member that the form has not. */
export function chosenIn(request: FastifyRequest, schema: TSchema, within?: 'report'): Chosen | undefined {
  const { fields, profile } = queryOf(request);
  const paths = (fields ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  if (paths.length > httpLimits.chosenFields)
    throw badField('fields', said('problem.field.mostMembers', { most: httpLimits.chosenFields }));
  for (const path of paths) checkPath(path.split('.'), schema);
  if (profile === 'summary') paths.push(...summaryPaths(schema, within));
  if (paths.length === 0) return undefined;
  const chosen: Chosen = {};
  for (const path of paths) add(path.split('.'), chosen);
  return chosen;
}

/** Around the Report all stays but what is long. */
function summaryPaths(schema: TSchema, within: 'report' | undefined): string[] {
  if (within === undefined) return SUMMARY;
  const around = Object.keys(asRecord(member(asRecord(schema) ?? {}, 'properties')) ?? {}).filter(
    (name) => !LONG.has(name) && name !== within,
  );
  return [...around, ...SUMMARY.map((path) => `${within}.${path}`)];
}

const LONG = new Set(['versions', 'changes', 'notes']);

function add([name, ...rest]: readonly string[], chosen: Chosen): void {
  if (name === undefined) return;
  const known = Object.hasOwn(chosen, name) ? chosen[name] : undefined;
  // Whole is more than a part of it.
  if (known !== undefined && Object.keys(known).length === 0) return;
  const below: Chosen = rest.length === 0 ? {} : (known ?? {});
  Object.defineProperty(chosen, name, { value: below, enumerable: true, configurable: true, writable: true });
  add(rest, below);
}

/** A misspelled name that is dropped in silence would look like a member that is not there. */
function checkPath([name, ...rest]: readonly string[], schema: unknown): void {
  if (name === undefined) return;
  const properties = asRecord(member(asRecord(schema) ?? {}, 'properties'));
  // Below it anything may stand.
  if (properties === undefined) return;
  if (!Object.hasOwn(properties, name)) throw unknownMember(name, Object.keys(properties));
  const below = asRecord(properties[name]) ?? {};
  checkPath(rest, member(below, 'type') === 'array' ? member(below, 'items') : below);
}

/** The members that are wanted, in the order in which they stand; lists member by member. */
export function onlyChosen(value: unknown, chosen: Chosen): unknown {
  if (Object.keys(chosen).length === 0) return value;
  if (Array.isArray(value)) return value.map((one) => onlyChosen(one, chosen));
  const record = asRecord(value);
  if (record === undefined) return value;
  return Object.fromEntries(
    Object.entries(record).flatMap(([name, below]) => {
      const wanted = Object.hasOwn(chosen, name) ? chosen[name] : undefined;
      return wanted === undefined ? [] : [[name, onlyChosen(below, wanted)]];
    }),
  );
}
