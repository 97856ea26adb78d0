/** What a key may do. Each is given by itself; none holds another. */
export const SCOPES = ['inspect', 'read', 'reveal', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

export const SCOPE_MEANINGS: Readonly<Record<Scope, string>> = {
  inspect: 'send files, and delete or change what was made of them',
  read: 'read reports and lists of them',
  reveal: 'ask for personal data that is masked otherwise',
  admin: 'keys, webhooks and the audit log of its tenant, and figures of the whole service',
};

/** Whose rows they are where nobody has to show a key. */
export const LOCAL_TENANT = 'local';

export const isScope = (text: string): text is Scope => SCOPES.some((scope) => scope === text);
