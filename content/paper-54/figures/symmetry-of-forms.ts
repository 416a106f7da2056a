/** How symmetric each layer's form is, free of frequency, and where its own spectrum rotated at random would lie. */
import { lines } from 'reproducible-paper/figures';

export default lines({
  data: 'form-symmetry.mean',
  replicates: 'form-symmetry',
  x: { field: 'layer', title: 'layer', type: 'ordinal' },
  y: { title: 'ρ' },
  series: { rho: { label: 'ρ', style: 1 } },
  chance: [['rho-null-low', 'rho-null-high']],
  height: 100,
});
