import { isAbsolute, relative } from 'node:path';
import type { Plugin } from 'vite';
import { unkeyedIn } from './keyed-modules.ts';
import { overlayError } from './markdown/faults.ts';
import type { SiteBuild } from './site-build.ts';

/**
 * Looks at each module of the author's as it is brought into a page, also where only an edit of it brings it again; pages
 * themselves are looked at as their text is.
 *
 * @throws UnkeyedRead
 */
export const refuseUnkeyed = (root: string, build: SiteBuild | undefined): Plugin => ({
  name: 'reproducible-paper:keyed',
  enforce: 'pre',
  transform: {
    filter: { id: /\.(?:[mc]?[jt]s|[jt]sx|astro)$/ },
    async handler(_, id) {
      // What only a reader's browser runs is in no page.
      if (!isAbsolute(id) || this.environment.name === 'client') return;
      const { faults } = await unkeyedIn(root, id);
      build?.faults.delete(relative(root, id));
      const [fault] = faults;
      if (!fault) return;
      build?.faults.set(relative(root, id), fault);
      throw overlayError(root, fault);
    },
  },
});
