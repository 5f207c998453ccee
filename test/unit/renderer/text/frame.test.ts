import { expect, test } from 'vitest';
import { frameText } from '../../../../renderer/text/frame.ts';

/** In the time of whoever reads it. */
const at = (day: number, hour: number, minute: number) => new Date(2026, 10, day, hour, minute);
const monday = at(23, 9, 30).getTime();

test('offline is told with the day of whatever was not today', () => {
  const offline = (since: Date, synced: Date | undefined) => [
    frameText.offline('acme', since.toISOString(), monday),
    frameText.offlineAbout(synced?.toISOString(), monday),
  ];
  const offlineToday = 'acme has been offline since 09:05.';
  const needs = 'Rotating, creating and deleting need the network.';
  expect(offline(at(23, 9, 5), at(20, 17, 2))).toEqual([
    offlineToday,
    `You see the state of Fri 20 Nov 2026, 17:02. ${needs}`,
  ]);
  expect(offline(at(20, 17, 20), at(20, 17, 2))).toEqual([
    'acme has been offline since Fri 20 Nov 2026, 17:20.',
    `You see the state of Fri 20 Nov 2026, 17:02. ${needs}`,
  ]);
  expect(offline(at(23, 9, 5), at(23, 9, 3))).toEqual([offlineToday, `You see the state of 09:03. ${needs}`]);
  expect(offline(at(23, 9, 5), undefined)).toEqual([offlineToday, `Nothing was read from it yet. ${needs}`]);
});

test('a refusal was at a time, or on a day', () => {
  expect(frameText.refused('acme', at(23, 9, 5).toISOString(), monday)).toMatch(/^acme refused Rondo at 09:05\.$/);
  expect(frameText.refused('acme', at(20, 17, 2).toISOString(), monday)).toMatch(
    /^acme refused Rondo on Fri 20 Nov 2026, 17:02\.$/,
  );
});
