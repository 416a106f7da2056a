import { expect, test } from 'vitest';
import { raisedHtml } from '../../../../src/site/printed-numbers.ts';

test('an exponent is raised, and words keep their signs', () => {
  expect(raisedHtml('2.5\u202f×\u202f10^−7')).toBe('2.5\u202f×\u202f10<sup>−7</sup>');
  expect(raisedHtml('1 to 2')).toBe('1 to 2');
  expect(raisedHtml('<b>"Q" & K\'s</b> 10^3')).toBe('&lt;b&gt;&quot;Q&quot; &amp; K&#39;s&lt;/b&gt; 10^3');
});
