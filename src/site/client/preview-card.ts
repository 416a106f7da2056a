/** One card beside a link, with what the link leads to. */

const gap = 6;
const margin = 12;

/** What only operates the page, or would be there twice. */
const cleaned = <T extends Element>(node: T): T => {
  const copy = node.cloneNode(true) as T;
  for (const gone of copy.querySelectorAll('[data-media="screen"], details, .downloads, .deep-link'))
    gone.remove();
  for (const part of [copy, ...copy.querySelectorAll('*')]) {
    for (const name of ['id', 'data-value', 'data-raw', 'role', 'tabindex', 'data-table', 'data-figure'])
      part.removeAttribute(name);
    if (part.matches('a, button')) part.setAttribute('tabindex', '-1');
  }
  return copy;
};

const paragraph = (text: string, name = ''): HTMLElement =>
  Object.assign(document.createElement('p'), { textContent: text, className: name });

/** A heading with the first of the text below it. */
const sectionParts = (heading: Element): readonly Node[] => {
  const title = paragraph(
    [heading.getAttribute('data-number'), heading.textContent].filter(Boolean).join(' '),
    'title',
  );
  for (let next = heading.nextElementSibling; next && !/^H[1-6]$/.test(next.tagName); ) {
    if (next.tagName === 'P') return [title, cleaned(next)];
    next = next.nextElementSibling;
  }
  return [title];
};

const figureParts = (figure: Element): readonly Node[] => {
  const caption = figure.querySelector('figcaption');
  const table = figure.querySelector('.scroll > table');
  // The style shows one of the drawings in the card, as it does in the page: the one for this width.
  const plot = document.createElement('div');
  plot.className = 'plot';
  plot.append(...[...figure.querySelectorAll('.scroll > svg')].map(cleaned));
  return [...[caption, table].flatMap((part) => (part ? [cleaned(part)] : [])), plot];
};

/** What decides a claim, and what the original says of it: what is pressed carries the words. */
const decidingParts = (link: HTMLElement): readonly Node[] => [
  paragraph(link.getAttribute('aria-label') ?? link.textContent ?? '', 'title'),
  ...(link.dataset['decides'] ?? '').split('\n').map((line) => paragraph(line)),
];

const read = new Map<string, Promise<Document>>();

/** The page that a link leads to: this one, or another of the paper, read once. */
const pageOf = (link: HTMLAnchorElement): Promise<Document> | Document => {
  if (link.pathname === location.pathname) return document;
  const address = `${link.origin}${link.pathname}`;
  const known =
    read.get(address) ??
    fetch(address).then(async (answer) => {
      if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
      return new DOMParser().parseFromString(await answer.text(), 'text/html');
    });
  read.set(address, known);
  known.catch(() => read.delete(address));
  return known;
};

const partsOf = async (link: HTMLAnchorElement): Promise<readonly Node[]> => {
  if (link.matches('[data-decides]')) return decidingParts(link);
  let page: Document;
  try {
    page = await pageOf(link);
  } catch {
    // The link itself still leads there.
    return [];
  }
  const target = page.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!target) return [];
  if (target.matches('h1, h2, h3, h4')) return sectionParts(target);
  if (target.matches('figure')) return figureParts(target);
  return [cleaned(target)];
};

let card: HTMLElement | undefined;
let described: HTMLElement | undefined;

const theCard = (): HTMLElement => {
  if (card) return card;
  card = document.createElement('div');
  card.className = 'preview';
  card.id = 'preview';
  card.setAttribute('role', 'tooltip');
  card.popover = 'manual';
  document.body.append(card);
  return card;
};

/** Below the link, or above it where there is more room. */
const place = (at: HTMLElement, link: HTMLElement): void => {
  const line = link.getClientRects()[0] ?? link.getBoundingClientRect();
  const { width, height } = at.getBoundingClientRect();
  const below = innerHeight - line.bottom - gap - margin;
  const above = line.top - gap - margin;
  const isBelow = height <= below || below >= above;
  const room = Math.max(0, isBelow ? below : above);
  at.style.maxHeight = `${room}px`;
  at.style.top = `${isBelow ? line.bottom + gap : line.top - gap - Math.min(height, room)}px`;
  at.style.left = `${Math.max(margin, Math.min(line.left, document.documentElement.clientWidth - width - margin))}px`;
};

/**
 * @param isAsked whether the link is still the one that was asked for, once its page was read
 * @returns whether there is anything to show
 */
export const openCard = async (link: HTMLAnchorElement, isAsked: () => boolean): Promise<boolean> => {
  const parts = await partsOf(link);
  if (!isAsked()) return false;
  closeCard();
  if (parts.length === 0) return false;
  const at = theCard();
  at.replaceChildren(...parts);
  at.style.maxHeight = '';
  // As wide as what it holds needs.
  at.classList.toggle('is-wide', at.querySelector('table, svg') !== null);
  at.showPopover();
  place(at, link);
  link.setAttribute('aria-describedby', at.id);
  described = link;
  return true;
};

export const closeCard = (): void => {
  described?.removeAttribute('aria-describedby');
  described = undefined;
  if (card?.matches(':popover-open')) card.hidePopover();
};

addEventListener(
  'scroll',
  ({ target }) => {
    if (target !== card) closeCard();
  },
  { passive: true, capture: true },
);
