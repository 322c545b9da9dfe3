import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Dispatch plans made before vehicles had types and places cannot be driven any more: their documents go, and none of them stays open. */
export class DispatchPlans1767000006000 implements MigrationInterface {
  readonly name = 'DispatchPlans1767000006000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `update plan set problem = 'null', content = 'null',
         state = case when state in ('proposed', 'approved', 'active') then 'superseded' else state end
       where kind = 'dispatch'`,
    );
  }

  down(): Promise<void> {
    return Promise.resolve();
  }
}
