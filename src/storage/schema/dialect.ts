/** Database in use. Rows look the same in both; a few column types and locks differ. */
export type DatabaseDialect = 'sqlite' | 'postgres';
