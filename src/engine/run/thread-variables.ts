/** Variables by which a stage's process, and each thread of it, is given what its guard takes before any code of the stage. */

/** The word that messages to the runner begin with. */
export const channelVariable = 'STAGE_CHANNEL';

/** What Math.random draws by; of a process's first thread its launcher says it. */
export const seedVariable = 'STAGE_SEED';
