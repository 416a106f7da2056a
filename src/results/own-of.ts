/** Of a record, what it has itself under an id: an id may be a word that every object has, such as `constructor`. */
export const ownOf = <T>(record: Readonly<Record<string, T>>, id: string): T | undefined =>
  Object.hasOwn(record, id) ? record[id] : undefined;
