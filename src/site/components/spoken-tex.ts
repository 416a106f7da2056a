/** TeX as a voice may read it: `\lVert W\rVert^2` is `squared norm of W`, `K_2^\top` is `K 2 transposed`. */

/** Commands whose own names are not what is said; of any other one, Greek letters among them, the name is. */
const signs: Readonly<Record<string, string>> = {
  '-': 'minus',
  '−': 'minus',
  '+': 'plus',
  '=': 'equals',
  '/': 'over',
  '*': 'star',
  '\\cdot': 'times',
  '\\times': 'times',
  '\\pm': 'plus or minus',
  '\\approx': 'about',
  '\\sim': 'distributed as',
  '\\propto': 'proportional to',
  '\\ne': 'unequal to',
  '\\neq': 'unequal to',
  '\\lt': 'below',
  '\\gt': 'above',
  '\\le': 'at most',
  '\\leq': 'at most',
  '\\ge': 'at least',
  '\\geq': 'at least',
  '\\ll': 'far below',
  '\\gg': 'far above',
  '\\to': 'to',
  '\\infty': 'infinity',
  '\\ldots': 'and so on',
  '\\dots': 'and so on',
  '\\cdots': 'and so on',
  '\\circ': 'composed with',
  '\\odot': 'times',
  '\\otimes': 'times',
  '\\top': 'transposed',
  '\\star': 'star',
  '\\varepsilon': 'epsilon',
  '\\varphi': 'phi',
  '\\ell': 'l',
  '\\Vert': 'to',
  '\\|': 'to',
  '\\mid': 'given',
};

const raised: Readonly<Record<string, string>> = {
  '\\top': 'transposed',
  '\\prime': 'prime',
  '2': 'squared',
  '3': 'cubed',
  '*': 'star',
  '\\star': 'star',
};

/** What stands between a pair of signs, by the first of them. */
const fences: Readonly<Record<string, readonly [close: string, name: string]>> = {
  '\\lVert': ['\\rVert', 'norm'],
  '\\Vert': ['\\Vert', 'norm'],
  '\\|': ['\\|', 'norm'],
  '\\lvert': ['\\rvert', 'absolute value'],
  '|': ['|', 'absolute value'],
  '\\langle': ['\\rangle', 'inner product'],
};

const accents = ['hat', 'widehat', 'bar', 'overline', 'tilde', 'widetilde', 'vec', 'dot'];
const fractions = ['\\frac', '\\tfrac', '\\dfrac'];
const fonts = /^\\(?:math(?:rm|bf|it|bb|cal|sf|tt|frak)|text(?:rm|bf|it)?|operatorname|boldsymbol)$/;
/** What is taken over all that its lower script names. */
const overAll = ['\\sum', '\\prod', '\\int', '\\max', '\\min'];
/** Of size and space alone. */
const silent = /^(?:\s+|~|\\(?:[,;:! ]|left|right|[bB]igg?[lr]?|quad|qquad|displaystyle|limits))$/;

const joined = (words: readonly string[]): string =>
  words
    .filter((word) => word !== '')
    .join(' ')
    .replace(/ (?=[,;:)\]])/g, '')
    .replace(/(?<=[([]) /g, '')
    .replace(/(?<=\p{L}{2}) \(/gu, '(');

export const spokenTex = (tex: string): string => {
  const tokens = tex.match(/\\[a-zA-Z]+|\\.|\s+|./gsu)?.filter((token) => !silent.test(token)) ?? [];
  let at = 0;

  const listTo = (close?: string): string => {
    const words: string[] = [];
    while (at < tokens.length && tokens[at] !== close) words.push(scripted(words.length === 0));
    at += 1;
    return joined(words);
  };

  /** What a command or a script takes: a group, or what comes next. */
  const argument = (): string => {
    if (tokens[at] !== '{') return at < tokens.length ? atom(true) : '';
    at += 1;
    return listTo('}');
  };

  /** Letters of a font are of one word. */
  const word = (): string => {
    const end = tokens.indexOf('}', at);
    const letters = tokens.slice(at + 1, end);
    if (tokens[at] !== '{' || letters.some((token) => !/^[\p{L}\p{N}-]$/u.test(token))) return argument();
    at = end + 1;
    return letters.join('');
  };

  const scripts = (): { readonly below: string; readonly above: string } => {
    let [below, above] = ['', ''];
    for (;;) {
      const sign = tokens[at];
      if (sign === "'") above = joined([above, 'prime']);
      else if (sign !== '_' && sign !== '^') return { below, above };
      at += 1;
      if (sign === '_') below = argument();
      if (sign !== '^') continue;
      const lone = tokens[at] === '{' && tokens[at + 2] === '}' ? tokens[at + 1] : tokens[at];
      const power = argument();
      above = joined([above, raised[lone ?? ''] ?? `to the ${power}`]);
    }
  };

  const atom = (isFirst: boolean): string => {
    const token = tokens[at] ?? '';
    at += 1;
    if (token === '{') return listTo('}');
    const accent = accents.find((name) => token === `\\${name}`);
    if (accent !== undefined) return `${argument()} ${accent.replace(/^wide/, '')}`;
    if (fonts.test(token)) return word();
    if (token === '\\sqrt') return `square root of ${argument()}`;
    if (fractions.includes(token)) return `${argument()} over ${argument()}`;
    if (isFirst && token === '-') return 'minus';
    return signs[token] ?? token.replace(/^\\|[{}^_]/g, '');
  };

  const scripted = (isFirst: boolean): string => {
    const token = tokens[at] ?? '';
    const fence = fences[token];
    // Between two others a double bar parts them.
    if (fence && (isFirst || !Object.hasOwn(signs, token))) {
      at += 1;
      const inner = listTo(fence[0]);
      const { below, above } = scripts();
      return joined([above, below, `${fence[1]} of`, inner]);
    }
    if (overAll.includes(token)) {
      at += 1;
      const { below, above } = scripts();
      return joined([
        token.slice(1),
        ...(below ? [`over ${below}`] : []),
        ...(above ? [above.replace(/^to the/, 'to')] : []),
        'of',
      ]);
    }
    let words = atom(isFirst);
    // Digits are of one number.
    if (/^[\d.]$/.test(token)) while (/^[\d.]$/.test(tokens[at] ?? '')) words += tokens[at++];
    const { below, above } = scripts();
    if (token === '\\log' && below) return `log to base ${below} of`;
    return joined([words, below, above]);
  };

  const parts: string[] = [];
  // A brace too many ends a list and not the formula.
  while (at < tokens.length) parts.push(listTo('}'));
  return joined(parts);
};
