/** Why nothing usable came from an address. */
export class FetchFault extends Error {
  override name = 'FetchFault';
  constructor(
    readonly code: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}
