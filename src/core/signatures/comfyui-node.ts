import type { Grade } from '../signals/backing.js';

/**
 * What a node of ComfyUI does on the way to an output:
 * `makes` a picture, video or sound anew, from noise or at a service; `edits` parts of one with a generative model;
 * `scales` one up with a model; `passes` it on: loads, cuts, joins, encodes, analyses; `aside`: gives models, texts
 * and numbers, and no picture; `saves` it as a file; `shows` it in the editor.
 */
export type NodeRole = 'makes' | 'edits' | 'scales' | 'passes' | 'aside' | 'saves' | 'shows';

/** Node classes that do the same and are published in the same place: each name is a row. */
export interface ComfyNodes {
  does: NodeRole;
  /** Who runs it, where a node only asks a service. */
  service?: string;
  grade: Grade;
  source: string;
  /** Class names as they stand in a graph, divided by semicolons: some hold commas, brackets and bars. */
  names: string;
}
