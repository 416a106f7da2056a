import { join } from 'node:path';
import { expect, test } from 'vitest';
import { liveModel } from '../../explore/live-model.ts';

const dist = join(import.meta.dirname, '../../../../dist/paper-54');
test('x', async () => {
  const open = await liveModel.open({
    tokenizer: join(dist, 'tokenizer.json'),
    weights: join(dist, 'weights/v1.safetensors'),
  });
  const text =
    'The jury said that the election was conducted in the county by the state of Georgia, and that the mayor of Atlanta was to be praised for it in';
  const t0 = performance.now();
  const views = await open.show({ text, layer: '3', head: '2' });
  console.log(performance.now() - t0, views[1].rows);
  console.log(JSON.stringify(views[0]), views[1].labels[0].join(' '));
});
