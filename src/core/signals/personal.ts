/** Kinds of personal data, as named by `--reveal`. */
export const PERSONAL = ['location', 'serial', 'names'] as const;

export type Personal = (typeof PERSONAL)[number];
