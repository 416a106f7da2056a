import type { MadeStage } from '../site-build.ts';

const times = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);

/** Of a run that no build makes: when it was made, and how often later code was shown to make it too. */
export const publishedText = ({ when, attestations }: NonNullable<MadeStage['published']>): string => {
  const made = `a published run, made ${when.slice(0, 16).replace('T', ' ')} UTC and not in this build`;
  return attestations === 0 ? made : `${made}; later code was shown to make it ${times(attestations)}`;
};
