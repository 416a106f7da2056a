import { expect, test } from 'vitest';
import { roCrate } from '../../../../src/cli/ro-crate.ts';
import { unknownOrigin } from '../../../../src/site/site-origin.ts';

const frontmatter = { title: 'T', summary: 'S', authors: ['A', 'B'], organizations: ['B'], allow: [] };
const files = [
  { path: 'index.html', sizeBytes: 10 },
  { path: 'tables/a b.csv', sizeBytes: 3, sha256: 'abc' },
];

test('a crate describes itself, its root and every file, and each reference leads to an entity', () => {
  const crate = roCrate(frontmatter, { ...unknownOrigin, date: '2026-01-02T03:04:05Z' }, files) as {
    readonly '@context': unknown;
    readonly '@graph': readonly Record<string, unknown>[];
  };
  const graph = crate['@graph'];
  const byId = new Map(graph.map((entity) => [entity['@id'], entity]));
  expect(byId.size).toBe(graph.length);
  expect(byId.get('ro-crate-metadata.json')).toMatchObject({
    '@type': 'CreativeWork',
    about: { '@id': './' },
    conformsTo: { '@id': 'https://w3id.org/ro/crate/1.1' },
  });
  // What RO-Crate 1.1 requires of the root.
  expect(byId.get('./')).toMatchObject({
    '@type': 'Dataset',
    name: 'T',
    description: 'S',
    datePublished: '2026-01-02',
    license: { '@id': '#license' },
  });
  const root = byId.get('./') as {
    readonly hasPart: { '@id': string }[];
    readonly author: { '@id': string }[];
  };
  for (const { '@id': id } of [...root.hasPart, ...root.author]) expect(byId.has(id)).toBe(true);
  expect(root.author.map(({ '@id': id }) => byId.get(id)!['@type'])).toEqual(['Person', 'Organization']);
  expect(byId.get('tables/a%20b.csv')).toMatchObject({
    '@type': 'File',
    contentSize: '3',
    sha256: 'abc',
    encodingFormat: 'text/csv',
  });
  expect(byId.get('index.html')).not.toHaveProperty('sha256');
  expect(crate['@context']).toEqual([
    'https://w3id.org/ro/crate/1.1/context',
    { sha256: 'http://schema.org/sha256' },
  ]);
  // As RO-Crate 1.1 recommends: terms are an entity, and a list of one is that one.
  expect(byId.get('#license')).toEqual({ '@id': '#license', '@type': 'CreativeWork', name: 'Not stated.' });
  const { '@graph': ofOne } = roCrate(
    { ...frontmatter, authors: ['A'], license: 'MIT' },
    unknownOrigin,
    [],
  ) as {
    readonly '@graph': readonly Record<string, unknown>[];
  };
  expect(ofOne.find((entity) => entity['@id'] === './')).toMatchObject({ author: { '@id': '#author-1' } });
  expect(ofOne.find((entity) => entity['@id'] === '#license')).toMatchObject({ name: 'MIT' });
});
