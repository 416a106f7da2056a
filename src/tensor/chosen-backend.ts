/** `native`: TensorFlow's library. `js`: plain JavaScript, for machines where that library does not install. */
export const backendNames = ['native', 'js'] as const;
export type BackendName = (typeof backendNames)[number];

/** By which the runner tells a stage's process; the choice is part of the stage's key. */
export const backendVariable = 'PAPER_BACKEND';

/** The backend that this process was told to use. */
export const chosenBackend = (): BackendName => (process.env[backendVariable] === 'js' ? 'js' : 'native');
