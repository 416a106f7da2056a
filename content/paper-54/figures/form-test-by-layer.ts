/** The mean cosine of each layer's form with three views, free of frequency; grey, the same forms rotated at random. */
import { lines } from 'reproducible-paper/figures';

const views = {
  k2: { label: 'neighbours', style: 1 },
  'k2-t': { label: 'in reverse', style: 2 },
  'k3-skip': { label: 'two apart', style: 3 },
} as const;

export default lines({
  data: 'form-test.mean',
  replicates: 'form-test',
  x: { field: 'layer', title: 'layer', type: 'ordinal' },
  y: { title: 'cosine' },
  series: views,
  // Of the other views it is alike, and three on each other would hide the lines.
  chance: [['k2-null-low', 'k2-null-high']],
  height: 150,
});
