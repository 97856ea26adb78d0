import type { TraceGrade } from '../signals/backing.js';

/**
 * Role of a ComfyUI node on the path to an output. `makes`: creates a picture, video or sound from noise or with a
 * service; `edits`: changes parts of one with a generative model; `scales`: upscales one with a model; `passes`: loads,
 * cuts, joins, encodes or analyses it; `aside`: supplies models, texts and numbers but no picture; `saves`: writes it
 * to a file; `shows`: displays it in the editor.
 */
export type NodeRole = 'makes' | 'edits' | 'scales' | 'passes' | 'aside' | 'saves' | 'shows';

/** Node classes with the same role and the same publisher. Each name is a row. */
export interface ComfyNodes {
  role: NodeRole;
  /** Operator of the service that the node calls. */
  service?: string;
  grade: TraceGrade;
  source: string;
  /** Class names as in a graph, separated by semicolons, because some contain commas, brackets and bars. */
  names: string;
}
