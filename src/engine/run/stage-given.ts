/**
 * What every stage in Node is given besides what it declares: values that code can read, and print. They are in the key of
 * each, so that another value is no stale result; what only refuses stands in the guard, which is in no key.
 */
export const stageGiven = {
  environment: { TZ: 'UTC', LC_ALL: 'C.UTF-8' },
  /** What Math.random draws by, on every thread. */
  chanceSeed: 1,
  /** A stage's own line may stand below many of a library's. */
  stackTraceLimit: 60,
  /** Properties of the process that Node's own code gets, such as a warning's; a stage's is refused. */
  process: {
    pid: 0,
    ppid: 0,
    execPath: '',
    config: { target_defaults: {}, variables: {} },
  },
  execArgv: [],
} as const;
