import type { Report } from '../report.js';
import { RELATIONSHIPS } from '../words/c2pa-terms.js';
import type { Words } from '../words/words.js';
import { actionLine } from './action-line.js';
import { type Figure, type Figures, figureOfIngredient, figureOfManifest } from './figures.js';
import {
  activeIntegrity,
  activeManifest,
  generatorLine,
  lines,
  type Manifest,
  NAME_CHARACTERS,
  signerLine,
  timeLine,
} from './manifest-lines.js';
import { isRedaction, redactionLines } from './redaction-lines.js';
import { bounded, type Line, type Run } from './runs.js';

/** One manifest or ingredient, oldest deepest. */
export interface TreeNode {
  line: Line;
  notes: Line[];
  children: TreeNode[];
  /** What is kept of it to look at. */
  picture?: Figure;
  /** The same in a few words, for the picture; left out where nothing is named. */
  short?: { name: string; relation?: string; state?: string };
  /** What the node above was made from: these make the chain. */
  earlier?: boolean;
}

export interface History {
  /** Why none of it may be read as a fact of this file. */
  caution?: string;
  nodes: TreeNode[];
}

type Ingredient = Manifest['ingredients'][number];

const MOST_DEPTH = 32;
const MOST_NODES = 100;
const MOST_ACTIONS = 12;
const MOST_FAULTS = 4;

export function history(report: Report, words: Words, figures?: Figures): History {
  const active = activeManifest(report);
  if (!active) return { nodes: [] };
  const { manifests = [], integrity } = report.contentCredentials;
  const tree = new Tree(report, manifests, words, figures);
  const root = tree.node(active, [`${words.phrases.activeManifest}${words.marks.colon}`], 0);
  const apart = manifests.filter(({ depth }) => depth === undefined).length;
  const rest: TreeNode[] = apart === 0 ? [] : [leaf([words.phrases.unreachable(apart)])];
  return {
    ...(integrity === 'altered' ? { caution: words.credentials.unconfirmed } : {}),
    nodes: [root, ...rest],
  };
}

class Tree {
  readonly #report: Report;
  readonly #byLabel: ReadonlyMap<string, Manifest>;
  readonly #words: Words;
  readonly #manifests: readonly Manifest[];
  readonly #figures: Figures | undefined;
  readonly #shown = new Set<string>();
  #nodes = 0;

  constructor(report: Report, manifests: readonly Manifest[], words: Words, figures: Figures | undefined) {
    this.#manifests = manifests;
    this.#figures = figures;
    this.#report = report;
    this.#byLabel = new Map(manifests.map((manifest) => [manifest.label, manifest]));
    this.#words = words;
  }

  node(manifest: Manifest, before: Run[], depth: number, given?: string, relation?: string): TreeNode {
    this.#nodes += 1;
    const { phrases, ingredientStates, marks } = this.#words;
    // Newer claims have no title of their own: then the one that its user gave it.
    const title = manifest.title ?? given ?? manifest.label;
    const name: Run = { file: title, most: NAME_CHARACTERS };
    // A store may lead back to a manifest above or hold one twice; each is told once.
    if (this.#shown.has(manifest.label))
      return leaf([...before, name, `${marks.open}${phrases.shownAbove}${marks.close}`]);
    this.#shown.add(manifest.label);
    const state = manifest.active
      ? activeIntegrity(manifest.integrity, this.#report, this.#words)
      : ingredientStates[manifest.integrity];
    const picture = figureOfManifest(this.#figures, this.#manifests, manifest.label);
    return {
      ...(picture ? { picture } : {}),
      line: [...before, name, `${marks.colon}${state}`],
      notes: this.#notes(manifest),
      children: this.#children(manifest, depth),
      short: {
        name: title,
        relation: relation ?? phrases.activeManifest,
        state: this.#words.states[manifest.integrity],
      },
    };
  }

  #notes(manifest: Manifest): Line[] {
    const words = this.#words;
    const signer = manifest.active ? this.#report.contentCredentials.signer : undefined;
    const edits = manifest.actions.filter((action) => !isRedaction(action));
    return [
      ...this.#faults(manifest),
      ...lines(
        signerLine(signer ?? signerOf(manifest), manifest.integrity === 'intact', words),
        timeLine(manifest, this.#report, words),
        generatorLine(manifest, words),
        manifest.update ? [words.credentials.updateManifest] : undefined,
      ),
      ...redactionLines(manifest, words),
      ...bounded(edits, MOST_ACTIONS, words, (action) => actionLine(action, words)),
    ];
  }

  /** An ingredient's fault stands at the ingredient, and never as one of this file. */
  #faults({ active, integrity, label }: Manifest): Line[] {
    if (active || integrity !== 'altered') return [];
    return bounded(faultsOf(label, this.#report), MOST_FAULTS, this.#words, (fault) => [
      `${this.#words.credentials.fault}${this.#words.marks.colon}`,
      { file: fault, most: NAME_CHARACTERS },
    ]);
  }

  #children(manifest: Manifest, depth: number): TreeNode[] {
    const children: TreeNode[] = [];
    for (const [index, ingredient] of manifest.ingredients.entries()) {
      if (depth + 1 >= MOST_DEPTH || this.#nodes >= MOST_NODES) {
        children.push(leaf([this.#words.phrases.more(manifest.ingredients.length - index)]));
        break;
      }
      const node = this.#ingredient(manifest, ingredient, depth + 1);
      children.push(ingredient.relationship === 'parentOf' ? { ...node, earlier: true } : node);
    }
    return children;
  }

  #ingredient(user: Manifest, ingredient: Ingredient, depth: number): TreeNode {
    const { relationship, manifest: label, title, format } = ingredient;
    const before = this.#relationship(relationship);
    const manifest = label === undefined ? undefined : this.#byLabel.get(label);
    const known = RELATIONSHIPS.find((one) => one === relationship);
    const relation = known === undefined ? relationship : this.#words.relationships[known];
    if (manifest) return this.node(manifest, before, depth, title, relation);
    this.#nodes += 1;
    const name: Run[] = [title, format].flatMap((text) =>
      text === undefined ? [] : [{ file: text, most: NAME_CHARACTERS }, ' '],
    );
    const { phrases, credentials, marks } = this.#words;
    const missing = label === undefined ? phrases.noOwnCredentials : credentials.missing;
    const short = { name: title ?? format ?? '…', relation, state: missing };
    const line = leaf([...before, ...name, `${marks.open.trimStart()}${missing}${marks.close}`]);
    const picture = figureOfIngredient(this.#figures, this.#manifests, user, ingredient);
    return { ...line, short, ...(picture ? { picture } : {}) };
  }

  #relationship(written: string): Run[] {
    const { relationships, marks } = this.#words;
    const known = RELATIONSHIPS.find((one) => one === written);
    return known === undefined
      ? [{ file: written, most: 64 }, ' ']
      : [`${relationships[known]}${marks.open}`, { code: known }, `${marks.close} `];
  }
}

function leaf(line: Line): TreeNode {
  return { line, notes: [], children: [] };
}

function signerOf({ signer, trust }: Manifest) {
  return {
    ...(signer === undefined ? {} : { name: signer }),
    ...(trust === undefined ? {} : { trust }),
  };
}

/**
 * The causes that decided; some of them only the ingredient's user recorded, and those are in no list of codes.
 * Where no signal names them, the failures of its own: trust and time are no faults of its bytes.
 */
function faultsOf(label: string, { signals, contentCredentials }: Report): string[] {
  const causes = signals.flatMap(({ id, value, basis }) =>
    id === 'c2pa.ingredient.altered' && value !== undefined && basis.some(({ place }) => isOf(place, label))
      ? [value]
      : [],
  );
  if (causes.length > 0) return causes;
  return (contentCredentials.codes?.ingredients ?? [])
    .filter(({ kind, url }) => kind === 'failure' && isOf(url ?? '', label))
    .map(({ code }) => code)
    .filter((code) => !/^(signingCredential|timeStamp)\./.test(code));
}

/** The label is one whole step of the JUMBF URI. */
function isOf(uri: string, label: string): boolean {
  return uri === label || `${uri}/`.includes(`/${label}/`);
}
