/** Which database answers. Rows look the same in both; a few column types and locks do not. */
export type Flavour = 'sqlite' | 'postgres';
