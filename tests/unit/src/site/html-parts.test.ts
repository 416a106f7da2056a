import { expect, test } from 'vitest';
import { htmlParts } from '../../../../src/site/html-parts.ts';

test('prose is text and what is read aloud; of notation names alone are told', () => {
  expect(htmlParts('<p ALT="a">b<code title="c" data-value="d">e<b aria-label="f">g</b></code></p>')).toEqual(
    {
      texts: ['a', 'b'],
      attributes: ['alt', 'title', 'data-value', 'aria-label'],
      elements: ['p', 'code', 'b'],
    },
  );
});

test('code, formulas, scripts and styles are no prose', () => {
  const { texts } = htmlParts(
    'a<code>b</code><i class="x katex">c</i><script>d</script><style>e</style><pre>f</pre>',
  );
  expect(texts).toEqual(['a']);
});

test('what a template declares as a shadow is among the parts, however deep', () => {
  expect(
    htmlParts('<b><template shadowrootmode="open"><i>a<template>b<embed></template></i></template></b>'),
  ).toEqual({
    texts: ['a', 'b'],
    attributes: ['shadowrootmode'],
    elements: ['b', 'template', 'i', 'template', 'embed'],
  });
});
