/** Precondition of a change, checked against the current record. */
export type Precondition<T> = (current: T) => boolean;
