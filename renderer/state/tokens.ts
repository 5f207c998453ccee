import type { AuditEntry } from '../../shared/contract/audit.ts';
import type { Failure } from '../../shared/contract/result.ts';
import type { Access, Scope, Token, TokenCheck } from '../../shared/contract/token.ts';
import type { Id } from '../../shared/ids.ts';
import { createText, deleteText } from '../text/acts.ts';
import { checkText } from '../text/checks.ts';
import { fromDialog } from './dialog-acts.ts';
import type { InventoryView } from './inventory.ts';
import { noteOf } from './notes.ts';
import { type Standing, standingOf } from './standing.ts';
import type { Tools } from './tools.ts';

export type NewToken =
  | {
      readonly kind: 'personal';
      readonly account: Id;
      readonly label: string;
      readonly expiresInMs?: number;
      readonly access?: Access;
      readonly keep: boolean;
    }
  | {
      readonly kind: 'project';
      readonly account: Id;
      readonly project: string;
      readonly scope: Scope;
      readonly label: string;
      readonly keep: boolean;
    };

/** The open token's history, as the vault tells it. */
export type Reading =
  | { readonly is: 'none' }
  | { readonly is: 'failed'; readonly token: Id; readonly failure: Failure }
  | { readonly is: 'read'; readonly token: Id; readonly history: readonly AuditEntry[] };

export type CheckView =
  | { readonly is: 'asking' }
  | {
      readonly is: 'answered';
      readonly check: TokenCheck;
      readonly at: string;
      /** How the token stood then: once it stands otherwise, the answer says nothing of it. */
      readonly stood: Standing['is'] | undefined;
    };

/** What deleting would break, said before anything is asked of CircleCI. */
export type Consequences =
  | { readonly ok: true; readonly lines: readonly string[] }
  | { readonly ok: false; readonly failure: Failure };

export interface TokensSlice {
  readonly reading: Reading;
  readonly checks: ReadonlyMap<Id, CheckView>;
  tokenRead(token: Id): Promise<void>;
  tokenCreated(wanted: NewToken): Promise<Failure | undefined>;
  consequencesAsked(ids: readonly Id[]): Promise<Consequences>;
  deletionConfirmed(ids: readonly Id[], typed: string): Promise<Failure | undefined>;
  checkPressed(ids: readonly Id[]): Promise<void>;
  /** Every value that is held here; a note says that it is asked, and then what was answered. */
  checkAllPressed(): Promise<void>;
}

export function createTokensSlice(tools: Tools): TokensSlice {
  const { api, now, get, set } = tools;

  function answered(check: TokenCheck): [Id, CheckView] {
    const token = tokenById(tokensOf(get().inventory), check.id);
    const stood = token === undefined ? undefined : standingOf(token, now()).is;
    return [check.id, { is: 'answered', check, at: new Date(now()).toISOString(), stood }];
  }

  let isCheckingAll = false;
  return {
    reading: { is: 'none' },
    checks: new Map(),

    async tokenRead(token) {
      const answer = await api.call('token.show', { id: token });
      if (get().vault.is !== 'open' || get().cursor !== token) return;
      set({
        reading: answer.ok
          ? { is: 'read', token, history: answer.value.history }
          : { is: 'failed', token, failure: answer.error },
      });
    },

    async tokenCreated(wanted) {
      const dialog = fromDialog(tools);
      const answer = await (wanted.kind === 'personal'
        ? api.call('token.create-personal', withoutKind(wanted))
        : api.call('token.create-project', withoutKind(wanted)));
      if (!answer.ok) return dialog.failed(answer.error);
      await get().inventoryAsked();
      const { token, otherwise } = answer.value;
      const { id, label } = token;
      if (otherwise !== undefined) {
        dialog.done({ tone: 'warn', title: createText.madeOtherwise(label), text: createText.otherwise(otherwise) });
      }
      // Closed meanwhile: whatever is open now is about something else, and stays.
      const isInSight = tokenById(tokensOf(get().inventory), id) !== undefined;
      if (dialog.isStillOpen() && isInSight) {
        get().tokenShown(id);
        set({ overlay: { open: 'take', token: id } });
        return undefined;
      }
      if (dialog.isStillOpen()) get().closed();
      dialog.done({ tone: 'plain', title: createText.madeMeanwhile(label), text: createText.madeMeanwhileAbout });
      return undefined;
    },

    async consequencesAsked(ids) {
      const answer = await api.call('token.delete', { ids: [...ids] });
      // Without a confirmation nothing is deleted; success would mean that there was nothing to delete.
      if (answer.ok) return { ok: true, lines: [] };
      if (answer.error.code !== 'confirmation-required') return { ok: false, failure: answer.error };
      const lines = answer.error.details?.consequences;
      return { ok: true, lines: Array.isArray(lines) ? lines.filter((line) => typeof line === 'string') : [] };
    },

    async deletionConfirmed(ids, typed) {
      const answer = await api.call('token.delete', { ids: [...ids], confirm: typed });
      await get().inventoryAsked();
      if (!answer.ok) return answer.error;
      const { deleted, failed } = answer.value;
      const gone = new Set<Id>(deleted);
      set({ chosen: new Set([...get().chosen].filter((id) => !gone.has(id))) });
      const [first] = failed;
      if (first === undefined) return undefined;
      if (ids.length === 1) return first.error;
      const labels = failed.map(({ id }) => labelOf(get().inventory, id));
      return { ...first.error, message: deleteText.notDeleted(labels, first.error.message) };
    },

    async checkPressed(ids) {
      const asking = ids.map((id): [Id, CheckView] => [id, { is: 'asking' }]);
      set({ checks: new Map([...get().checks, ...asking]) });
      const answer = await api.call('token.check', { ids: [...ids] });
      const checks = new Map(get().checks);
      for (const id of ids) checks.delete(id);
      if (answer.ok) for (const check of answer.value.checks) checks.set(...answered(check));
      else get().noteShown(noteOf(answer.error));
      set({ checks });
    },

    async checkAllPressed() {
      if (isCheckingAll) return;
      isCheckingAll = true;
      get().noteShown({ tone: 'plain', title: checkText.asking });
      const asking = get().notes.at(-1);
      const answer = await api.call('token.check', { ids: [] });
      isCheckingAll = false;
      if (asking !== undefined) get().noteClosed(asking.key);
      // A note has names, which are nobody's once the vault is locked.
      if (get().vault.is !== 'open') return;
      if (!answer.ok) return get().noteShown(noteOf(answer.error));
      const { checks } = answer.value;
      set({ checks: new Map([...get().checks, ...checks.map(answered)]) });
      get().noteShown(checkText.answered(checks, (id) => labelOf(get().inventory, id)));
    },
  };
}

function withoutKind<Wanted extends NewToken>(wanted: Wanted): Omit<Wanted, 'kind'> {
  const { kind: _kind, ...rest } = wanted;
  return rest;
}

export function labelOf(inventory: InventoryView, id: Id): string {
  return tokenById(tokensOf(inventory), id)?.label ?? id.slice(0, 6);
}

function tokensOf(inventory: InventoryView): readonly Token[] {
  return inventory.is === 'read' ? inventory.value.tokens : [];
}

export function tokenById(tokens: readonly Token[], id: Id | undefined): Token | undefined {
  return id === undefined ? undefined : tokens.find((token) => token.id === id);
}
