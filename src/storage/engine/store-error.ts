export const STORE_ERROR_CODES = [
  'store.bad-id',
  'store.corrupt',
  'store.bad-cursor',
  'store.changed',
] as const;

export type StoreErrorCode = (typeof STORE_ERROR_CODES)[number];

export class StoreError extends Error {
  override name = 'StoreError';
  constructor(
    readonly code: StoreErrorCode,
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}
