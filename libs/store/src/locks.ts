/** Advisory lock numbers of this database; one meaning each. */
export const LOCKS = {
  leader: 7_301,
  migrate: 7_302,
  partitions: 7_303,
  rollUp: 7_304,
  pack: 7_305,
  activate: 7_306,
  extension: 7_307,
  simulations: 7_308,
  jobs: 7_309,
} as const;
