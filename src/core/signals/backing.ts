export const BACKINGS = ['trusted', 'valid', 'unsigned', 'inferred', 'invalid'] as const;

/** Backing of a signal. Each value is explained in the catalogues (`backing.…`). */
export type Backing = (typeof BACKINGS)[number];

export const TRACE_GRADES = ['V', 'S', 'D', 'O', 'C'] as const;

/** Certainty that a trace is what it is taken for. Each letter is explained in the catalogues (`grade.…`). */
export type TraceGrade = (typeof TRACE_GRADES)[number];
