import type { EngineInfo } from '../../c2pa/engine-names.js';
import { inHistoryOrder } from '../../c2pa/history-order.js';
import type {
  ActionRecord,
  AssertionRecord,
  IngredientRecord,
  ManifestRecord,
  SignatureRecord,
  StatusCode,
  StoreEvidence,
} from '../../c2pa/manifest-store.js';
import { fault, type ReadFault } from '../../ground/fault.js';
import { asRecord, asText, type JsonRecord, member } from '../../ground/json-shape.js';
import { limits } from '../../ground/limits.js';

/**
 * The one place where the SDK's Reader JSON is checked and bounded. Both engines give the same shape;
 * what does not fit is left out, never guessed. Throws `SyntaxError` where there is no manifest store in it
 * and `StoreTooLarge` past a bound.
 */
export function readStoreJson(json: unknown, engine: EngineInfo, remoteUrl?: string): StoreEvidence {
  const store = asRecord(json);
  const records = asRecord(store && member(store, 'manifests'));
  const activeManifest = store && text(member(store, 'active_manifest'));
  if (!store || !records || !activeManifest) throw new SyntaxError('the engine named no active manifest');
  const labels = Object.keys(records);
  if (labels.length > limits.manifests)
    throw new StoreTooLarge(fault('bound.manifestStore', { of: 'manifests', most: limits.manifests }));
  const manifests = labels.map((label) => readManifest(label, asRecord(records[label]) ?? {}));
  const evidence: StoreEvidence = {
    kind: 'store',
    engine,
    activeManifest,
    // The native engine lists manifests and codes in no fixed order.
    manifests: inHistoryOrder(manifests, activeManifest).map(({ record }) => record),
    codes: readCodes(asRecord(member(store, 'validation_results'))),
  };
  if (remoteUrl) evidence.remoteUrl = remoteUrl;
  return evidence;
}

/** Thrown past a bound. */
export class StoreTooLarge extends Error {
  constructor(readonly fault: ReadFault) {
    super(fault.code);
  }
}

/** Past the bound nothing is cut off in silence: what would be missing may be the one fault or statement that counts. */
function listOf(value: unknown, most: number): unknown[] {
  if (!Array.isArray(value)) return [];
  if (value.length > most) throw new StoreTooLarge(fault('bound.manifestStore', { of: 'list', most }));
  return value;
}

const text = (value: unknown) => asText(value, limits.shownValueCharacters);

function readManifest(label: string, manifest: JsonRecord): ManifestRecord {
  const assertions = listOf(member(manifest, 'assertions'), limits.tagsPerCarrier)
    .map(asRecord)
    .filter((a) => a !== undefined);
  const version = member(manifest, 'claim_version');
  return {
    label: text(label) ?? '',
    ...optional('claimGenerator', claimGenerator(manifest)),
    ...(typeof version === 'number' && Number.isInteger(version) ? { claimVersion: version } : {}),
    ...optional('title', text(member(manifest, 'title'))),
    ...optional('format', text(member(manifest, 'format'))),
    signature: readSignature(asRecord(member(manifest, 'signature_info')) ?? {}),
    actions: assertions.flatMap((assertion) => readActions(label, assertion)),
    ingredients: listOf(member(manifest, 'ingredients'), limits.manifests).map((i) =>
      readIngredient(asRecord(i) ?? {}),
    ),
    assertions: assertions.flatMap((assertion) => readAssertion(assertion)),
    claimGenerators: listOf(member(manifest, 'claim_generator_info'), MOST_GENERATORS).flatMap(readGenerator),
    hasThumbnail: asRecord(member(manifest, 'thumbnail')) !== undefined,
  };
}

const MOST_GENERATORS = 16;

function readGenerator(info: unknown): { name: string; version?: string }[] {
  const record = asRecord(info);
  const name = record && text(member(record, 'name'));
  if (!record || !name) return [];
  return [{ name, ...optional('version', text(member(record, 'version'))) }];
}

function readAssertion(assertion: JsonRecord): AssertionRecord[] {
  const label = text(member(assertion, 'label'));
  if (!label) return [];
  const data = member(assertion, 'data');
  // Hashes and pictures are long and say nothing to people.
  const size = JSON.stringify(data ?? null).length;
  return [
    {
      label,
      ...(size <= limits.assertionCharacters
        ? { data }
        : { data: undefined, ...(NO_STATEMENT.test(label) ? {} : { leftOut: true as const }) }),
      ...(member(assertion, 'created') === true ? { created: true } : {}),
    },
  ];
}

/** Hashes and pictures; actions are read on their own. */
const NO_STATEMENT = /^c2pa\.(hash|thumbnail|icon|actions)\b/;

function optional<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: string };
}

/** v1 claims carry a string, v2 claims an object; the SDK gives an array for both. */
function claimGenerator(manifest: JsonRecord): string | undefined {
  const named = listOf(member(manifest, 'claim_generator_info'), 16)
    .map((info) => agentName(info))
    .filter((name) => name !== undefined);
  return text(member(manifest, 'claim_generator')) ?? (named.length > 0 ? named.join(', ') : undefined);
}

/** `"GPT-4o"` or `{name, version}` → one line. */
function agentName(value: unknown): string | undefined {
  if (typeof value === 'string') return text(value);
  const record = asRecord(value);
  const name = record && text(member(record, 'name'));
  const version = record && text(member(record, 'version'));
  return name && version ? `${name} ${version}` : name;
}

function readSignature(info: JsonRecord): SignatureRecord {
  return {
    ...optional('algorithm', text(member(info, 'alg'))),
    ...optional('organisation', text(member(info, 'issuer'))),
    ...optional('commonName', text(member(info, 'common_name'))),
    ...optional('serial', text(member(info, 'cert_serial_number'))),
    ...optional('time', text(member(info, 'time'))),
  };
}

const ACTIONS_LABEL = /^c2pa\.actions(\.v\d+)?(__\d+)?$/;

function readActions(manifest: string, assertion: JsonRecord): ActionRecord[] {
  const label = text(member(assertion, 'label')) ?? '';
  if (!ACTIONS_LABEL.test(label)) return [];
  const data = asRecord(member(assertion, 'data')) ?? {};
  const agents = listOf(member(data, 'softwareAgents'), limits.actionsPerManifest);
  return listOf(member(data, 'actions'), limits.actionsPerManifest)
    .map(asRecord)
    .flatMap((action, index) => {
      const name = action && text(member(action, 'action'));
      if (!action || !name) return [];
      const agentIndex = member(action, 'softwareAgentIndex');
      const agent =
        member(action, 'softwareAgent') ?? (typeof agentIndex === 'number' ? agents[agentIndex] : undefined);
      return [
        {
          action: name,
          ...optional('digitalSourceType', text(member(action, 'digitalSourceType'))),
          ...optional('softwareAgent', agentName(agent)),
          ...optional('description', text(member(action, 'description'))),
          ...optional('when', text(member(action, 'when'))),
          place: `self#jumbf=/c2pa/${text(manifest) ?? ''}/c2pa.assertions/${label}#actions[${index}]`,
        },
      ];
    });
}

function readIngredient(ingredient: JsonRecord): IngredientRecord {
  const results = asRecord(member(ingredient, 'validation_results'));
  const recorded = results ? readCodes(results) : undefined;
  const legacy = readCodeList(member(ingredient, 'validation_status'), 'failure');
  return {
    relationship: text(member(ingredient, 'relationship')) ?? 'unstated',
    ...optional('title', text(member(ingredient, 'title'))),
    ...optional('format', text(member(ingredient, 'format'))),
    ...optional('manifest', text(member(ingredient, 'active_manifest'))),
    recorded: [...legacy, ...(recorded ? [...recorded.active, ...recorded.ingredients] : [])],
  };
}

function readCodes(results: JsonRecord | undefined): StoreEvidence['codes'] {
  if (!results) return { active: [], ingredients: [] };
  const deltas = listOf(member(results, 'ingredientDeltas'), limits.manifests).map((d) => asRecord(d) ?? {});
  return {
    active: inOrder(readCodeSet(asRecord(member(results, 'activeManifest')))),
    ingredients: inOrder(deltas.flatMap((delta) => readCodeSet(asRecord(member(delta, 'validationDeltas'))))),
  };
}

const KIND_ORDER = { failure: 0, informational: 1, success: 2 } as const;

function inOrder(codes: StatusCode[]): StatusCode[] {
  // A store of ten manifests has some hundred codes: their keys are made once.
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
  return KINDS.flatMap((kind) => readCodeList(member(set, kind), kind));
}

function readCodeList(list: unknown, kind: StatusCode['kind']): StatusCode[] {
  return listOf(list, limits.statusCodes).flatMap((entry) => {
    const record = asRecord(entry);
    const code = record && text(member(record, 'code'));
    if (!record || !code) return [];
    const said: StatusCode = { code, kind };
    const url = text(member(record, 'url'));
    if (url !== undefined) said.url = url;
    const explanation = text(member(record, 'explanation'));
    if (explanation !== undefined) said.explanation = explanation;
    return [said];
  });
}
