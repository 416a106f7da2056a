/** What a page of a paper loads at once; everything larger waits until it is asked for. */
import './previews.ts';
import './scroll-stops.ts';
import './table-stops.ts';
import './value-panel.ts';
