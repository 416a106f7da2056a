import type { Choices, Control } from '../../../explore/exploration.ts';
import { element } from '../element.ts';

/** A pause in typing after which an answer is due. */
const pauseMs = 150;

const inputOf = (control: Control): HTMLTextAreaElement | HTMLSelectElement => {
  const { id: name, value } = control;
  if (control.kind === 'text') return element('textarea', { name, value, rows: 3, spellcheck: false });
  const options = control.choices.map((choice) =>
    element('option', { value: choice.value, selected: choice.value === value }, choice.label),
  );
  return element('select', { name }, ...options);
};

/** Ids are the page's, on which several panels may be open. */
let made = 0;

/** A reader's controls. @param onChange is called when another answer is due */
export const createControls = (
  controls: readonly Control[],
  onChange: () => void,
): { readonly element: HTMLElement; readonly choices: () => Choices } => {
  const inputs = controls.map(inputOf);
  for (const input of inputs) {
    made += 1;
    input.id = `explore-control-${made}`;
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  for (const input of inputs) {
    input.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(onChange, input instanceof HTMLSelectElement ? 0 : pauseMs);
    });
  }
  return {
    element: element(
      'div',
      { className: 'choices' },
      ...controls.map(({ kind, label }, at) =>
        element(
          'div',
          { className: kind },
          element('label', { htmlFor: inputs[at]!.id }, label),
          inputs[at]!,
        ),
      ),
    ),
    choices: () => Object.fromEntries(inputs.map(({ name, value }) => [name, value])),
  };
};
