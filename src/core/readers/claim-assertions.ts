import type { ClaimFacts, Exclusion } from '../c2pa/claim-facts.js';
import { fault, type ReadFault } from '../ground/fault.js';

import { asArray, asRecord, cut, type JsonRecord, member } from '../ground/json-shape.js';
import { limits } from '../ground/limits.js';
import type { BytesPart } from '../signals/bytes-parts.js';
import type { CborAnswer, CborBudget } from '../trust/cbor.js';
import { readClaimCbor } from './claim-cbor.js';

/** The assertions that say something the SDK's JSON leaves out, each into its place in the facts. */

type Take = (label: string, data: JsonRecord, into: ClaimFacts) => boolean;

/** `__2` counts further assertions of the same kind. */
const KINDS: readonly { label: RegExp; take: Take; part: BytesPart }[] = [
  { label: /^c2pa\.actions(\.v\d+)?(__\d+)?$/, take: takeActions, part: 'claims' },
  { label: /^c2pa\.ingredient\.v3(__\d+)?$/, take: takeIngredient, part: 'claims' },
  { label: /^c2pa\.hash\.data(__\d+)?$/, take: takeBinding(dataExclusion, 'exclusions'), part: 'binding' },
  {
    label: /^c2pa\.hash\.bmff(\.v\d+)?(__\d+)?$/,
    take: takeBinding(bmffExclusion, 'exclusions'),
    part: 'binding',
  },
  { label: /^c2pa\.hash\.boxes(__\d+)?$/, take: takeBinding(boxesExclusion, 'boxes'), part: 'binding' },
];

const NO_CBOR: ReadFault = fault('assertion.noCbor');
export const NOT_AS_SPECIFIED: ReadFault = fault('assertion.malformed');
const MOST_EXCLUSIONS = 4_096;

/** Undefined where the assertion is of no kind that is read here. */
export function readAssertion(
  label: string,
  content: Buffer | undefined,
  into: ClaimFacts,
  budget: CborBudget,
): AssertionAnswer | undefined {
  const kind = KINDS.find((k) => k.label.test(label));
  if (!kind) return undefined;
  const { part } = kind;
  const answer = assertionContent(content, budget);
  if ('fault' in answer) return { part, fault: answer.fault };
  const data = asRecord(answer.value);
  return data && kind.take(label, data, into) ? { part } : { part, fault: NOT_AS_SPECIFIED };
}

export interface AssertionAnswer {
  /** What is missing where it could not be read. */
  part: BytesPart;
  fault?: ReadFault;
}

export function assertionContent(content: Buffer | undefined, budget: CborBudget): CborAnswer {
  return content ? readClaimCbor(content, budget) : { fault: NO_CBOR };
}

function takeActions(label: string, data: JsonRecord, into: ClaimFacts): boolean {
  const list = member(data, 'actions');
  const all = member(data, 'allActionsIncluded');
  const actions = asArray(list, limits.actionsPerManifest).map((entry) => {
    const action = asRecord(entry);
    return {
      ...textMember(action, 'action'),
      ...textMember(action, 'digitalSourceType'),
    };
  });
  into.actions.push({ label, ...(typeof all === 'boolean' ? { allActionsIncluded: all } : {}), actions });
  return Array.isArray(list) && list.length === actions.length;
}

function textMember<K extends string>(record: JsonRecord | undefined, key: K): { [P in K]?: string } {
  const value = record && member(record, key);
  return (typeof value === 'string' ? { [key]: cut(value, limits.shownValueCharacters) } : {}) as {
    [P in K]?: string;
  };
}

function takeIngredient(label: string, data: JsonRecord, into: ClaimFacts): boolean {
  const manifest = member(data, 'activeManifest');
  into.ingredientsV3.push({ label, hasManifest: manifest !== undefined && manifest !== null });
  return true;
}

function takeBinding(read: (entry: JsonRecord) => Exclusion | 'none' | undefined, key: string): Take {
  return (label, data, into) => {
    const list = member(data, key);
    const entries = asArray(list, MOST_EXCLUSIONS).map((entry) => {
      const record = asRecord(entry);
      return record && read(record);
    });
    into.hardBindings.push({
      label,
      exclusions: entries.filter((e) => e !== undefined).filter((e) => e !== 'none'),
      ...(asArray(member(data, 'merkle'), 1).length > 0 ? { hasMerkleTree: true } : {}),
    });
    const complete = !Array.isArray(list) || list.length === entries.length;
    return complete && !entries.includes(undefined);
  };
}

function dataExclusion(entry: JsonRecord): Exclusion | undefined {
  const start = member(entry, 'start');
  const bytes = member(entry, 'length');
  return isCount(start) && isCount(bytes) ? { start, bytes } : undefined;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

function bmffExclusion(entry: JsonRecord): Exclusion | undefined {
  const xpath = member(entry, 'xpath');
  if (typeof xpath !== 'string') return undefined;
  const ofC2pa = asArray(member(entry, 'data'), MOST_EXCLUSIONS).some((one) => namesC2pa(asRecord(one)));
  return { box: cut(xpath, limits.shownValueCharacters), ...(ofC2pa ? { isC2pa: true } : {}) };
}

/** Size and type come before the identifier of a `uuid` box. */
const UUID_OFFSET = 8;
const C2PA_UUID = Buffer.from('d8fec3d61b0e483c92975828877ec481', 'hex');

/** All boxes of a path are left out but those that do not have these bytes there (C2PA 2.2, 18.6). */
function namesC2pa(condition: JsonRecord | undefined): boolean {
  const value = condition && member(condition, 'value');
  return (
    condition !== undefined &&
    member(condition, 'offset') === UUID_OFFSET &&
    value instanceof Uint8Array &&
    C2PA_UUID.equals(value)
  );
}

/** The box hash names every box it covers; only those it marks are left out. */
function boxesExclusion(entry: JsonRecord): Exclusion | 'none' | undefined {
  if (member(entry, 'excluded') !== true) return 'none';
  const names = asArray(member(entry, 'names'), MOST_EXCLUSIONS).filter((name) => typeof name === 'string');
  return names.length > 0 ? { box: cut(names.join(', '), limits.shownValueCharacters) } : undefined;
}
