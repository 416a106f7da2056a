/** Puts refusals in the place of what Node gives. */
import { machineRefused, refuse } from './refuse.ts';

/** A module of Node's own, or a part of one, whose members are replaced in place. */
export type Members = Record<string, unknown>;

const { keys } = Object;
const { get, set } = Reflect;

export const replace = (of: object, names: readonly string[], by: (name: string) => () => never): void => {
  for (let at = 0; at < names.length; at += 1) {
    const name = names[at]!;
    const refused = by(name);
    // No arrow: what makes an object is refused by name as well, and not as what is no constructor.
    function refusal(): never {
      return refused();
    }
    const open = get(of, name) as object | undefined;
    if (!open) continue;
    // Some have members that tell a part of it, such as process.memoryUsage.rss.
    const parts = keys(open);
    for (let part = 0; part < parts.length; part += 1) set(refusal, parts[part]!, refusal);
    set(of, name, refusal);
  }
};

export const close = (of: object, label: string, names: readonly string[]): void =>
  replace(of, names, (name) => machineRefused(`${label}.${name}`));

/** What Node's permission model refuses without a name, or not at all, and no stage needs. */
export const forbid = (of: object, label: string, names: readonly string[]): void =>
  replace(of, names, (name) => () => {
    throw refuse(
      'BuiltinRefused',
      `a stage uses ${label}.${name}, by which it would leave what holds it to its inputs and outputs.`,
      'a stage reads its inputs and `files`, and writes its outputs: take it out, or make what needs it a program of its own.',
    );
  });
