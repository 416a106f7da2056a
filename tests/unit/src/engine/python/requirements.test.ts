import { expect, it } from 'vitest';
import { parseRequirements } from '../../../../../src/engine/python/requirements.ts';
import { errorText } from '../../../../error-text.ts';

const hash = `--hash=sha256:${'0'.repeat(64)}`;

it('reads what pip-compile writes, and the name that a package is imported by', () => {
  const text = `# made\nnumpy==2.2.6 \\\n    ${hash} \\\n    ${hash}\n\nPyYAML==6.0 ${hash} # imports: yaml\nscikit-learn==1.0 ${hash}\n`;
  expect(parseRequirements(text, 'r.txt')).toEqual([
    { name: 'numpy', version: '2.2.6', modules: ['numpy'] },
    { name: 'pyyaml', version: '6.0', modules: ['yaml'] },
    { name: 'scikit-learn', version: '1.0', modules: ['scikit_learn'] },
  ]);
});

it.each([
  'numpy',
  `numpy>=2 ${hash}`,
  'numpy==2.2.6',
  'numpy==2.2.6 --hash=md5:00',
  '-r other.txt',
  '--index-url https://example.org',
  `https://example.org/numpy.whl ${hash}`,
])('refuses %s', (line) => {
  expect(errorText(() => parseRequirements(`a==1 \\\n  ${hash}\n${line}\n`, 'r.txt'))).toBe(
    `RequirementUnlocked: a requirement is not locked: '${line}'.
  r.txt:3
  expected name==version --hash=sha256:…, with one hash or more
  hint: lock it: \`pip-compile --generate-hashes --strip-extras --no-annotate requirements.in -o r.txt\`.`,
  );
});
