/** Kinds of personal data, as `--reveal` names them. */
export const PERSONAL = ['location', 'serial', 'names'] as const;

export type Personal = (typeof PERSONAL)[number];
