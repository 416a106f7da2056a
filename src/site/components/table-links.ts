import type { TableData } from '../../results/paper-data.ts';
import { labelHtml } from './label-html.ts';

/**
 * Links to tables' own pages, with commas between them. As text: a template would print its layout's spaces before commas.
 *
 * @param home the way to the paper, with a slash at its end
 */
export const tableLinks = (tables: readonly Pick<TableData, 'id' | 'presentation'>[], home: string): string =>
  tables
    .map(({ id, presentation }) => `<a href="${home}tables/${id}/">${labelHtml(presentation.title)}</a>`)
    .join(', ');
