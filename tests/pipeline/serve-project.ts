/** The dev server of a project elsewhere: its root is in `PROJECT_ROOT`. The server starts itself again to compute. */
import { buildResults } from '../../src/cli/build-results.ts';
import { develop } from '../../src/cli/develop.ts';
import { tellServer } from '../../src/cli/given-paper.ts';

const root = process.env['PROJECT_ROOT'] ?? '';
if (process.argv[2] === 'results') await tellServer(root, () => buildResults(root, {}));
else await develop(root, {});
