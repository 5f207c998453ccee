import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../build/bundle.mjs';
import { formatVersion } from '../../main/vault/database.ts';
import { expectOk } from '../support/core-pieces.ts';
import { quickRoot } from '../support/quick-folder.ts';
import { unlock, watchedCore } from '../support/temporary-core.ts';
import { usedContent } from '../support/used-vault.ts';

/**
 * The records of an earlier Rondo, read as this one reads them: a field that is demanded only now, or a word that means
 * something else, makes a vault unusable whose every row still opens.
 */
test.each(Array.from({ length: formatVersion }, (_, index) => index + 1))(
  'the vault that was used with format %i is used on, and nothing in it is lost',
  async (format) => {
    const usedDir = join(root, 'test/vectors/used', String(format));
    const vaultDir = mkdtempSync(join(quickRoot(), 'rondo-used-'));
    copyFileSync(join(usedDir, 'vault.rondo'), join(vaultDir, 'vault.rondo'));
    try {
      await using watched = watchedCore({ vaultDir });
      const { client } = watched;
      await unlock(watched);
      const content = JSON.parse(readFileSync(join(usedDir, 'content.json'), 'utf8'));
      const now = await usedContent(client);
      // What is only told since then is no loss.
      expect(now).toMatchObject({ ...content, entries: now.entries });
      expect(now.entries).toEqual(expect.arrayContaining(content.entries));
      expectOk(await client('inventory.read', {}));
      expect(expectOk(await client('audit.verify', {})).ok).toBe(true);

      const held = now.tokens.filter(({ hasValue }) => hasValue !== 'none');
      expect(held.length).toBeGreaterThan(3);
      for (const { id, tail = 'none' } of held) {
        const { value } = expectOk(await client('token.take', { id }));
        expect(new TextDecoder().decode(value).endsWith(tail)).toBe(true);
      }
      const { backup } = expectOk(await client('backup.create', {}));
      expect(backup.standing).toBe('fit');
      const path = join(vaultDir, 'plain.json');
      const exported = expectOk(await client('transfer.export-plain', { path, confirm: 'PLAIN' })).export;
      expect(exported.leftOut).toMatchObject({ unreadable: 0 });
    } finally {
      rmSync(vaultDir, { recursive: true, force: true });
    }
  },
);
