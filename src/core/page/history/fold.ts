import type { TreeNode } from './history.js';

/**
 * History node in which the middle of a long chain of earlier versions is folded: readers need the newest and the
 * first.
 */
export interface FoldedNode extends Pick<TreeNode, 'at' | 'line' | 'notes' | 'short' | 'picture'> {
  children: FoldedNode[];
  /** Each step was made from the next one, and the last from `start`. */
  middle?: { steps: FoldedNode[]; start: FoldedNode };
}

/** Longest chain shown in full: C2PA UX guidance 2.0, 5.4. */
const MAX_CHAIN = 4;

export function foldChains(node: TreeNode): FoldedNode {
  const chain = chainOf(node);
  const start = chain.at(-1);
  if (start === undefined || chain.length <= MAX_CHAIN)
    return { ...toFoldedNode(node), children: node.children.map(foldChains) };
  const steps = chain.slice(1, -1).map(dropChain);
  return { ...dropChain(node), middle: { steps, start: foldChains(start) } };
}

/**
 * Returns the node and its earlier versions, newest first. C2PA allows one parent per manifest; of several, the first
 * counts.
 */
function chainOf(node: TreeNode): TreeNode[] {
  const chain = [node];
  for (let next = earlierOf(node); next; next = earlierOf(next)) chain.push(next);
  return chain;
}

function earlierOf({ children }: TreeNode): TreeNode | undefined {
  return children.find(({ earlier }) => earlier);
}

function dropChain(node: TreeNode): FoldedNode {
  const next = earlierOf(node);
  const children = node.children.filter((child) => child !== next).map(foldChains);
  return { ...toFoldedNode(node), children };
}

function toFoldedNode({ at, line, notes, short, picture }: TreeNode): Omit<TreeNode, 'children' | 'earlier'> {
  return {
    ...(at === undefined ? {} : { at }),
    line,
    notes,
    ...(short ? { short } : {}),
    ...(picture ? { picture } : {}),
  };
}
