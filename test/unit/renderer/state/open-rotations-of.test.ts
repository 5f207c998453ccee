import { expect, test } from 'vitest';
import { settingsText } from '../../../../renderer/text/acts.ts';
import { openRotationsOf } from '../../../../shared/open-rotations.ts';
import { sampleRotation, sampleToken } from '../../../support/contract-samples.ts';

test('who removes an account is told how many open rotations its tokens have', () => {
  const own = sampleToken({ id: 'a'.repeat(32), account: '1'.repeat(32) });
  const other = sampleToken({ id: 'b'.repeat(32), account: '2'.repeat(32) });
  const rotations = [
    sampleRotation({ token: own.id, state: 'waiting' }),
    sampleRotation({ token: own.id, state: 'done' }),
    sampleRotation({ token: other.id, state: 'needs-attention' }),
  ];
  expect(openRotationsOf(own.account, [own, other], rotations)).toBe(1);
  expect(settingsText.removeAccountSure('work', 0)).not.toContain('rotation');
  expect(settingsText.removeAccountSure('work', 1)).toContain('One open rotation of them cannot go on');
  expect(settingsText.removeAccountSure('work', 2)).toContain('2 open rotations of them');
});
