import { fault, type ReadFault } from '../../../base/fault.js';
import { asRecord, asText, type JsonRecord, ownMember } from '../../../base/json-shape.js';
import { limits } from '../../../base/limits.js';
import type { EngineInfo } from '../../c2pa/engine-names.js';
import { sortByHistory } from '../../c2pa/history-order.js';
import type {
  ActionRecord,
  AssertionRecord,
  IngredientRecord,
  ManifestRecord,
  SignatureRecord,
  StatusCode,
  StoreEvidence,
} from '../../c2pa/manifest-store.js';
import { readRegions } from '../../c2pa/stated-region.js';

/**
 * Checks and limits the SDK's Reader JSON; no other module parses it. Both engines give the same shape. Members that do
 * not conform are omitted, never guessed. Throws `SyntaxError` if it contains no manifest store and `StoreLimitError`
 * past a limit.
 */
export function parseStoreJson(json: unknown, engine: EngineInfo, remoteUrl?: string): StoreEvidence {
  const store = asRecord(json);
  const records = asRecord(store && ownMember(store, 'manifests'));
  const activeManifest = store && text(ownMember(store, 'active_manifest'));
  if (!store || !records || !activeManifest) throw new SyntaxError('the engine named no active manifest');
  const labels = Object.keys(records);
  if (labels.length > limits.manifests)
    throw new StoreLimitError(fault('bound.manifestStore', { of: 'manifests', most: limits.manifests }));
  const manifests = labels.map((label) => readManifest(label, asRecord(records[label]) ?? {}));
  const evidence: StoreEvidence = {
    kind: 'store',
    engine,
    activeManifest,
    // The native engine lists manifests and codes in no fixed order.
    manifests: sortByHistory(manifests, activeManifest).map(({ record }) => record),
    codes: readCodes(asRecord(ownMember(store, 'validation_results'))),
  };
  if (remoteUrl) evidence.remoteUrl = remoteUrl;
  return evidence;
}

/** Thrown if the store exceeds a limit. */
export class StoreLimitError extends Error {
  constructor(readonly fault: ReadFault) {
    super(fault.code);
  }
}

/** Throws instead of truncating silently, because the omitted part may be the one fault or statement that matters. */
function listOf(value: unknown, most: number): unknown[] {
  if (!Array.isArray(value)) return [];
  if (value.length > most) throw new StoreLimitError(fault('bound.manifestStore', { of: 'list', most }));
  return value;
}

const text = (value: unknown) => asText(value, limits.shownValueCharacters);

function readManifest(label: string, manifest: JsonRecord): ManifestRecord {
  const assertions = listOf(ownMember(manifest, 'assertions'), limits.tagsPerCarrier)
    .map(asRecord)
    .filter((a) => a !== undefined);
  const version = ownMember(manifest, 'claim_version');
  return {
    label: text(label) ?? '',
    ...optional('claimGenerator', claimGenerator(manifest)),
    ...(typeof version === 'number' && Number.isInteger(version) ? { claimVersion: version } : {}),
    ...optional('title', text(ownMember(manifest, 'title'))),
    ...optional('format', text(ownMember(manifest, 'format'))),
    signature: readSignature(asRecord(ownMember(manifest, 'signature_info')) ?? {}),
    actions: assertions.flatMap((assertion) => readActions(label, assertion)),
    ingredients: listOf(ownMember(manifest, 'ingredients'), limits.manifests).map((i) =>
      readIngredient(asRecord(i) ?? {}),
    ),
    assertions: assertions.flatMap((assertion) => readAssertion(assertion)),
    claimGenerators: listOf(ownMember(manifest, 'claim_generator_info'), MAX_GENERATORS).flatMap(
      readGenerator,
    ),
    hasThumbnail: asRecord(ownMember(manifest, 'thumbnail')) !== undefined,
  };
}

const MAX_GENERATORS = 16;

function readGenerator(info: unknown): { name: string; version?: string }[] {
  const record = asRecord(info);
  const name = record && text(ownMember(record, 'name'));
  if (!record || !name) return [];
  return [{ name, ...optional('version', text(ownMember(record, 'version'))) }];
}

function readAssertion(assertion: JsonRecord): AssertionRecord[] {
  const label = text(ownMember(assertion, 'label'));
  if (!label) return [];
  const data = ownMember(assertion, 'data');
  // Omits long data: hashes and pictures mean nothing to people.
  const size = JSON.stringify(data ?? null).length;
  return [
    {
      label,
      ...(size <= limits.assertionCharacters
        ? { data }
        : { data: undefined, ...(NO_STATEMENT.test(label) ? {} : { leftOut: true as const }) }),
      ...(ownMember(assertion, 'created') === true ? { created: true } : {}),
    },
  ];
}

/** Labels of hashes and pictures. Actions are read separately. */
const NO_STATEMENT = /^c2pa\.(hash|thumbnail|icon|actions)\b/;

function optional<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: string };
}

/** The SDK gives an array for both the string of v1 claims and the object of v2 claims. */
function claimGenerator(manifest: JsonRecord): string | undefined {
  const named = listOf(ownMember(manifest, 'claim_generator_info'), 16)
    .map((info) => agentName(info))
    .filter((name) => name !== undefined);
  return text(ownMember(manifest, 'claim_generator')) ?? (named.length > 0 ? named.join(', ') : undefined);
}

/** Formats `"GPT-4o"` or `{name, version}` as one line. */
function agentName(value: unknown): string | undefined {
  if (typeof value === 'string') return text(value);
  const record = asRecord(value);
  const name = record && text(ownMember(record, 'name'));
  const version = record && text(ownMember(record, 'version'));
  return name && version ? `${name} ${version}` : name;
}

function readSignature(info: JsonRecord): SignatureRecord {
  return {
    ...optional('algorithm', text(ownMember(info, 'alg'))),
    ...optional('organisation', text(ownMember(info, 'issuer'))),
    ...optional('commonName', text(ownMember(info, 'common_name'))),
    ...optional('serial', text(ownMember(info, 'cert_serial_number'))),
    ...optional('time', text(ownMember(info, 'time'))),
  };
}

const ACTIONS_LABEL = /^c2pa\.actions(\.v\d+)?(__\d+)?$/;

function readActions(manifest: string, assertion: JsonRecord): ActionRecord[] {
  const label = text(ownMember(assertion, 'label')) ?? '';
  if (!ACTIONS_LABEL.test(label)) return [];
  const data = asRecord(ownMember(assertion, 'data')) ?? {};
  const agents = listOf(ownMember(data, 'softwareAgents'), limits.actionsPerManifest);
  return listOf(ownMember(data, 'actions'), limits.actionsPerManifest)
    .map(asRecord)
    .flatMap((action, index) => {
      const name = action && text(ownMember(action, 'action'));
      if (!action || !name) return [];
      const { regions, hasMore } = readRegions(action);
      const agentIndex = ownMember(action, 'softwareAgentIndex');
      const agent =
        ownMember(action, 'softwareAgent') ??
        (typeof agentIndex === 'number' ? agents[agentIndex] : undefined);
      return [
        {
          action: name,
          ...optional('digitalSourceType', text(ownMember(action, 'digitalSourceType'))),
          ...optional('softwareAgent', agentName(agent)),
          ...optional('description', text(ownMember(action, 'description'))),
          ...optional('when', text(ownMember(action, 'when'))),
          ...(regions.length === 0 ? {} : { regions }),
          ...(hasMore ? { moreRegions: true as const } : {}),
          locator: `self#jumbf=/c2pa/${text(manifest) ?? ''}/c2pa.assertions/${label}#actions[${index}]`,
        },
      ];
    });
}

function readIngredient(ingredient: JsonRecord): IngredientRecord {
  const results = asRecord(ownMember(ingredient, 'validation_results'));
  const recorded = results ? readCodes(results) : undefined;
  const legacy = readCodeList(ownMember(ingredient, 'validation_status'), 'failure');
  return {
    relationship: text(ownMember(ingredient, 'relationship')) ?? 'unstated',
    ...optional('title', text(ownMember(ingredient, 'title'))),
    ...optional('format', text(ownMember(ingredient, 'format'))),
    ...optional('manifest', text(ownMember(ingredient, 'active_manifest'))),
    recorded: [...legacy, ...(recorded ? [...recorded.active, ...recorded.ingredients] : [])],
  };
}

function readCodes(results: JsonRecord | undefined): StoreEvidence['codes'] {
  if (!results) return { active: [], ingredients: [] };
  const deltas = listOf(ownMember(results, 'ingredientDeltas'), limits.manifests).map(
    (d) => asRecord(d) ?? {},
  );
  return {
    active: inOrder(readCodeSet(asRecord(ownMember(results, 'activeManifest')))),
    ingredients: inOrder(
      deltas.flatMap((delta) => readCodeSet(asRecord(ownMember(delta, 'validationDeltas')))),
    ),
  };
}

const KIND_ORDER = { failure: 0, informational: 1, success: 2 } as const;

function inOrder(codes: StatusCode[]): StatusCode[] {
  // Computes each sort key once, because a store of ten manifests has some hundred codes.
  return codes
    .map((code) => ({
      code,
      key: `${KIND_ORDER[code.kind]} ${code.code} ${code.url ?? ''} ${code.explanation ?? ''}`,
    }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ code }) => code);
}

const KINDS = ['success', 'informational', 'failure'] as const;

function readCodeSet(set: JsonRecord | undefined): StatusCode[] {
  if (!set) return [];
  return KINDS.flatMap((kind) => readCodeList(ownMember(set, kind), kind));
}

function readCodeList(list: unknown, kind: StatusCode['kind']): StatusCode[] {
  return listOf(list, limits.statusCodes).flatMap((entry) => {
    const record = asRecord(entry);
    const code = record && text(ownMember(record, 'code'));
    if (!record || !code) return [];
    const said: StatusCode = { code, kind };
    const url = text(ownMember(record, 'url'));
    if (url !== undefined) said.url = url;
    const explanation = text(ownMember(record, 'explanation'));
    if (explanation !== undefined) said.explanation = explanation;
    return [said];
  });
}
