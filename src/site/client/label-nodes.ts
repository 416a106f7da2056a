import { labelMarkup } from '../components/label-markup.ts';
import { element } from './element.ts';

/** A label as it is printed, its formulas set as in the build; as it stands where one is none. */
export const labelNodes = (label: string): readonly Node[] => {
  const made = element('template');
  try {
    made.innerHTML = labelMarkup(label);
  } catch {
    made.content.append(label);
  }
  return [...made.content.childNodes];
};
