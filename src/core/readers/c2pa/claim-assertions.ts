import { fault, type ReadFault } from '../../../base/fault.js';
import { asArray, asRecord, type JsonRecord, ownMember, truncate } from '../../../base/json-shape.js';
import { limits } from '../../../base/limits.js';
import type { ClaimFacts, Exclusion } from '../../c2pa/claim-facts.js';
import type { BytesPart } from '../../signals/bytes-parts.js';
import type { CborBudget, CborResult } from '../../trust/formats/cbor.js';
import { readClaimCbor } from './claim-cbor.js';

/** Reads the assertions with facts that the SDK's JSON omits, each into its member of the facts. */

type AssertionParser = (label: string, data: JsonRecord, into: ClaimFacts) => boolean;

/** `__2` and so on number further assertions of the same kind. */
const KINDS: readonly { label: RegExp; take: AssertionParser; part: BytesPart }[] = [
  { label: /^c2pa\.actions(\.v\d+)?(__\d+)?$/, take: readActions, part: 'claims' },
  { label: /^c2pa\.ingredient\.v3(__\d+)?$/, take: readIngredient, part: 'claims' },
  { label: /^c2pa\.hash\.data(__\d+)?$/, take: readBinding(dataExclusion, 'exclusions'), part: 'binding' },
  {
    label: /^c2pa\.hash\.bmff(\.v\d+)?(__\d+)?$/,
    take: readBinding(bmffExclusion, 'exclusions'),
    part: 'binding',
  },
  { label: /^c2pa\.hash\.boxes(__\d+)?$/, take: readBinding(boxesExclusion, 'boxes'), part: 'binding' },
];

const NO_CBOR: ReadFault = fault('assertion.noCbor');
export const NOT_AS_SPECIFIED: ReadFault = fault('assertion.malformed');
const MAX_EXCLUSIONS = 4_096;

/** Reads one assertion; `undefined` if its kind is not read here. */
export function readAssertion(
  label: string,
  content: Buffer | undefined,
  into: ClaimFacts,
  budget: CborBudget,
): AssertionResult | undefined {
  const kind = KINDS.find((k) => k.label.test(label));
  if (!kind) return undefined;
  const { part } = kind;
  const answer = parseAssertionContent(content, budget);
  if ('fault' in answer) return { part, fault: answer.fault };
  const data = asRecord(answer.value);
  return data && kind.take(label, data, into) ? { part } : { part, fault: NOT_AS_SPECIFIED };
}

export interface AssertionResult {
  /** Part that is missing if the assertion could not be read. */
  part: BytesPart;
  fault?: ReadFault;
}

export function parseAssertionContent(content: Buffer | undefined, budget: CborBudget): CborResult {
  return content ? readClaimCbor(content, budget) : { fault: NO_CBOR };
}

function readActions(label: string, data: JsonRecord, into: ClaimFacts): boolean {
  const list = ownMember(data, 'actions');
  const all = ownMember(data, 'allActionsIncluded');
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
  const value = record && ownMember(record, key);
  return (typeof value === 'string' ? { [key]: truncate(value, limits.shownValueCharacters) } : {}) as {
    [P in K]?: string;
  };
}

function readIngredient(label: string, data: JsonRecord, into: ClaimFacts): boolean {
  const manifest = ownMember(data, 'activeManifest');
  into.ingredientsV3.push({ label, hasManifest: manifest !== undefined && manifest !== null });
  return true;
}

function readBinding(
  read: (entry: JsonRecord) => Exclusion | 'none' | undefined,
  key: string,
): AssertionParser {
  return (label, data, into) => {
    const list = ownMember(data, key);
    const entries = asArray(list, MAX_EXCLUSIONS).map((entry) => {
      const record = asRecord(entry);
      return record && read(record);
    });
    into.hardBindings.push({
      label,
      exclusions: entries.filter((e) => e !== undefined).filter((e) => e !== 'none'),
      ...(asArray(ownMember(data, 'merkle'), 1).length > 0 ? { hasMerkleTree: true } : {}),
    });
    const complete = !Array.isArray(list) || list.length === entries.length;
    return complete && !entries.includes(undefined);
  };
}

function dataExclusion(entry: JsonRecord): Exclusion | undefined {
  const start = ownMember(entry, 'start');
  const bytes = ownMember(entry, 'length');
  return isCount(start) && isCount(bytes) ? { start, bytes } : undefined;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

function bmffExclusion(entry: JsonRecord): Exclusion | undefined {
  const xpath = ownMember(entry, 'xpath');
  if (typeof xpath !== 'string') return undefined;
  const ofC2pa = asArray(ownMember(entry, 'data'), MAX_EXCLUSIONS).some((one) => namesC2pa(asRecord(one)));
  return { box: truncate(xpath, limits.shownValueCharacters), ...(ofC2pa ? { isC2pa: true } : {}) };
}

/** Size and type precede the identifier in a `uuid` box. */
const UUID_OFFSET = 8;
const C2PA_UUID = Buffer.from('d8fec3d61b0e483c92975828877ec481', 'hex');

/** All boxes of the path are excluded except those without these bytes at that offset (C2PA 2.2, 18.6). */
function namesC2pa(condition: JsonRecord | undefined): boolean {
  const value = condition && ownMember(condition, 'value');
  return (
    condition !== undefined &&
    ownMember(condition, 'offset') === UUID_OFFSET &&
    value instanceof Uint8Array &&
    C2PA_UUID.equals(value)
  );
}

/** The box hash lists every box it covers; only marked ones are excluded. */
function boxesExclusion(entry: JsonRecord): Exclusion | 'none' | undefined {
  if (ownMember(entry, 'excluded') !== true) return 'none';
  const names = asArray(ownMember(entry, 'names'), MAX_EXCLUSIONS).filter((name) => typeof name === 'string');
  return names.length > 0 ? { box: truncate(names.join(', '), limits.shownValueCharacters) } : undefined;
}
