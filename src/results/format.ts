/** How a number is displayed: digits are those after the point, but for `significant`, from the first that is not zero. */
export type Format =
  | {
      /** `share` multiplies by 100 and adds a per cent sign; raw data stay fractions. */
      readonly style: 'fixed' | 'signed' | 'share' | 'scientific' | 'significant';
      /** 0 to 12; of `significant` 1 to 12 */
      readonly digits: number;
    }
  | { readonly style: 'count' };

export const fixed = (digits: number): Format => ({ style: 'fixed', digits });
export const signed = (digits: number): Format => ({ style: 'signed', digits });
export const share = (digits: number): Format => ({ style: 'share', digits });
export const scientific = (digits: number): Format => ({ style: 'scientific', digits });
/** For a column whose rows are of different sizes. */
export const significant = (digits: number): Format => ({ style: 'significant', digits });
export const count: Format = { style: 'count' };
