export interface LaunchOptions {
  readonly executable: string;
  readonly isHeadless: boolean;
  /** Tests only: lets a second program speak to the browser. */
  readonly hasDebuggingPort: boolean;
  readonly isSpellchecked: boolean;
  readonly width: number;
  readonly height: number;
  readonly x: number | undefined;
  readonly y: number | undefined;
  readonly backgroundColor: string;
  readonly title: string;
}

/**
 * The browser has no network at all: whatever the app does not answer itself fails, also what the interception of requests
 * would miss (web sockets, and windows that close in the middle of a request). Every name is unknown, and everything goes
 * through a proxy of such a name.
 */
export const network: Readonly<Record<string, string>> = {
  'host-resolver-rules': 'MAP * ~NOTFOUND',
  'proxy-server': 'socks5://nowhere.invalid:1',
  'proxy-bypass-list': '<-loopback>',
};

const fixed = [
  '--remote-debugging-pipe',
  // Nothing of a browser but the page: no first run, no updates, no accounts, no traffic of its own.
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-client-side-phishing-detection',
  '--disable-extensions',
  '--disable-sync',
  '--disable-breakpad',
  '--metrics-recording-only',
  '--no-service-autorun',
  '--disable-features=Translate,MediaRouter,OptimizationHints,AutofillServerCommunication,GlobalMediaControls',
  // It would ask the desktop for a keyring, which nothing here needs.
  '--password-store=basic',
  '--use-mock-keychain',
  // Says no where a person would be asked; what needs no question is denied one by one (session permissions).
  '--deny-permission-prompts',
  ...Object.entries(network).map(([name, value]) => `--${name}=${value}`),
  // No datagrams either.
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--disable-quic',
];

export function browserFlags(options: LaunchOptions, profileDir: string): readonly string[] {
  return [
    ...fixed,
    `--user-data-dir=${profileDir}`,
    `--window-size=${options.width},${options.height}`,
    ...(options.x === undefined || options.y === undefined ? [] : [`--window-position=${options.x},${options.y}`]),
    ...(options.isHeadless ? ['--headless=new'] : []),
    ...(options.hasDebuggingPort ? ['--remote-debugging-port=0'] : []),
    // Chromium refuses to sandbox as root. As any other user the sandbox stays on.
    ...(process.getuid?.() === 0 ? ['--no-sandbox', '--test-type'] : []),
    // A window without tabs or address, in the app's own colour until the app's page comes.
    `--app=${blankPage(options)}`,
  ];
}

/** How the address of the first page begins, which is no document of the app. */
export const blankPagePrefix = 'data:text/html;charset=utf-8,%3C!--%20no%20page%20yet%20--%3E';

function blankPage({ title, backgroundColor }: LaunchOptions): string {
  const html = `<!doctype html><title>${escapeHtml(title)}</title><body style="background:${escapeHtml(backgroundColor)}">`;
  return `${blankPagePrefix}${encodeURIComponent(html)}`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
