import { components as replaced } from 'virtual:papers/replaced';
import Bibliography from './Bibliography.astro';
import Cite from './Cite.astro';
import Claim from './Claim.astro';
import Definition from './Definition.astro';
import Equation from './Equation.astro';
import Explore from './Explore.astro';
import Figure from './Figure.astro';
import Ref from './Ref.astro';
import Reported from './Reported.astro';
import ResultTable from './ResultTable.astro';
import Source from './Source.astro';
import Term from './Term.astro';
import Value from './Value.astro';

/** What an author may write in MDX without importing it; what the site replaces stands in its place. */
export const paperComponents = {
  Bibliography,
  Cite,
  Claim,
  Definition,
  Equation,
  Explore,
  Figure,
  Ref,
  Reported,
  ResultTable,
  Source,
  Term,
  Value,
  ...replaced,
};
