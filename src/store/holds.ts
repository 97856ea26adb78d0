/** Whether a change is still meant, of what is there as it is now. */
export type Holds<T> = (current: T) => boolean;
