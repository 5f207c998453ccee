/** What axe cannot decide, of which elements, and why it holds all the same. */
export interface Explanation {
  readonly rule: string;
  /** axe's own key. */
  readonly because: string;
  /** The elements that it speaks for, and no others. */
  readonly of: string;
  readonly holds: string;
}

/** Where axe says neither yes nor no for anything else, that is a finding. */
export const explained: readonly Explanation[] = [
  {
    rule: 'aria-hidden-focus',
    because: 'focusable-modal-open',
    of: '#root[data-base-ui-inert], #root[data-base-ui-inert] [aria-hidden="true"], [data-base-ui-focus-guard]',
    holds: 'a dialog is open: Base UI hides the page behind it and keeps the focus in, which keyboard.spec.ts tries',
  },
  {
    rule: 'color-contrast',
    because: 'imgNode',
    of: 'svg.ruler text',
    holds: 'words in a ruler, an SVG without a ground of its own: their greys pass on every plane beside it',
  },
  {
    rule: 'color-contrast',
    because: 'imgNode',
    of: '.key > span',
    holds: 'a word of the legend beside its sample, which it does not lie on: it has the ink of its neighbours',
  },
  {
    rule: 'color-contrast',
    because: 'bgOverlap',
    of: 'svg.ruler .ovt, [popover]:popover-open .menu-item > *',
    holds: "words on an overlap's band, or on an open menu: a soft ground, on which each of the inks passes",
  },
  {
    rule: 'color-contrast',
    because: 'shortTextContent',
    of: 'svg.ruler text',
    holds: 'one character, as the nought of a ruler: axe decides for its neighbours of the same ink',
  },
  {
    rule: 'color-contrast',
    because: 'nonBmp',
    of: 'kbd',
    holds: 'the arrows on keys: the same ink as the letters on keys',
  },
  {
    rule: 'hidden-content',
    because: 'hidden-content',
    of: '[popover].menu:not(:popover-open)',
    holds: 'a closed menu: menus have screens of their own, open',
  },
  {
    rule: 'hidden-content',
    because: 'hidden-content',
    of: '.narrow-only, .acct-narrow, .kind-icon.hidden, .sheet:empty',
    holds: 'what only a narrow window shows, and has screens for; a place that is kept for an icon; a list of nothing',
  },
  {
    rule: 'hidden-content',
    because: 'hidden-content',
    of: [
      ...['.wide-only', '.acct-wide', '.spare', '.totals', '.acct', '.step .dur'],
      ...['.inv .col-value', '.inv .col-project', '.inv .col-may', '.inv .col-life', '.inv .col-seen'],
      ...['.rail .n', '.rail kbd', '.rail .foot p', '.toolbar .field kbd', '.titlebar .btn kbd'],
    ].join(),
    holds: 'what gives way in a narrow window: the same screens are looked at in a wide one',
  },
];
