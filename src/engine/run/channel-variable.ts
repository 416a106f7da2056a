/** The variable in which a stage's process, and each thread of it, is given the word that its messages begin with. */
export const channelVariable = 'STAGE_CHANNEL';
