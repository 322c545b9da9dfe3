/** What is missing or malformed in a data folder: where, and what would be right. */
export class DataError extends Error {
  override readonly name = 'DataError';
}
