/** A factor and an exponent as JavaScript writes a number; Vega's labels have no other form for the very large and small. */
const number = /(?<![\w.])([-−]?)(\d(?:\.\d+)?)e([+-])(\d+)(?![\w.])/g;
const label = new RegExp(`(<text[^>]*>)${number.source}(?=</text>)`, 'g');
/** Labels of one axis, which take one form. */
const axisLabels = /<g class="[^"]*role-axis-label[^"]*"[^>]*>.*?<\/g>/gs;

/** Six digits say on an axis what sixteen do. */
const base = (sign: string, factor: string): string => {
  const rounded = String(Number(Number(factor).toPrecision(6)));
  return `${sign && '−'}${rounded === '1' ? '' : `${rounded}\u202f×\u202f`}10`;
};
const raised = (sign: string, digits: string): string => `${sign === '-' ? '−' : ''}${digits}`;

/** From 0.001 to 9,999 a number is read at once without a power. */
const mostDigits = 3;

/** How many digits a number has that is rounded to fewer, and so written with an exponent, depends on the width. */
const withPlainAxes = (svg: string): string =>
  svg.replace(axisLabels, (labels) =>
    [...labels.matchAll(label)].every(([, , , , , digits]) => Number(digits) <= mostDigits)
      ? labels.replace(
          label,
          (_, open: string, sign: string, factor: string, way: string, digits: string) =>
            `${open}${sign && '−'}${Number(`${Number(factor).toPrecision(6)}e${way}${digits}`).toLocaleString('en-US', { maximumSignificantDigits: 6 })}`,
        )
      : labels,
  );

const whole = new RegExp(`^${number.source}$`);

/** How large an exponent is beside its base. */
const raisedSize = 0.88;

/** The width of a label as it will stand: Vega makes room for what it measures, and `2e-3` is narrower than a power. */
export const widthWithPowers = (
  text: string,
  fontSize: number,
  widthOf: (text: string, fontSize: number) => number,
): number => {
  const [, sign = '', factor = '', way = '', digits = ''] = whole.exec(text) ?? [];
  return digits === ''
    ? widthOf(text, fontSize)
    : widthOf(base(sign, factor), fontSize) + widthOf(raised(way, digits), fontSize * raisedSize);
};

/** Numbers with an exponent, which Vega writes as `1e+21`, as powers of ten. An axis that needs no powers has none. */
export const withPowers = (svg: string): string =>
  withPlainAxes(svg).replace(
    label,
    (_, open: string, sign: string, factor: string, way: string, digits: string) =>
      `${open}${base(sign, factor)}<tspan dy="-0.4em" font-size="${raisedSize * 100}%">${raised(way, digits)}</tspan>`,
  );
