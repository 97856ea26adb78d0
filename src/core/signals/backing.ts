export const BACKINGS = ['trusted', 'valid', 'unsigned', 'inferred', 'invalid'] as const;

/** How well a signal is backed; what each word means stands in the catalogues (`backing.…`). */
export type Backing = (typeof BACKINGS)[number];

export const GRADES = ['V', 'S', 'D', 'O', 'C'] as const;

/** How well it is known that a trace is what it is taken for; what each letter means stands in the catalogues (`grade.…`). */
export type Grade = (typeof GRADES)[number];
