/** Closes a run with one plain line of totals. A suite that could not run counts as one failure. */
export default class TotalsReporter {
  onRunComplete(_contexts, results) {
    const broken = results.testResults.filter((suite) => suite.testExecError).length;
    const skipped = results.numPendingTests + results.numTodoTests;
    const totals = [`${results.numPassedTests} passed`, `${results.numFailedTests + broken} failed`];
    if (skipped > 0) totals.push(`${skipped} skipped`);
    // Jest's own summary comes after the last reporter.
    process.once('exit', () => process.stderr.write(`${totals.join(', ')}\n`));
  }
}
