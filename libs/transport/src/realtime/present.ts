/** Without the keys whose value is undefined: GTFS-Realtime tells a field that is absent from one that is zero. */
export const present = <T extends object>(fields: { [Key in keyof T]: T[Key] | undefined }): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
