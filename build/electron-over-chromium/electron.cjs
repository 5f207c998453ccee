// What `import … from 'electron'` and `require('electron')` become. CommonJS, because both can load it; one line for each
// name, because an `import` finds the names of a CommonJS module by reading it. The runner has put the API in place, which
// throws for a name that it lacks.
const api = globalThis[Symbol.for('electron-over-chromium')];

exports.BaseWindow = api.BaseWindow;
exports.BrowserView = api.BrowserView;
exports.BrowserWindow = api.BrowserWindow;
exports.ClipboardItem = api.ClipboardItem;
exports.ImageView = api.ImageView;
exports.Menu = api.Menu;
exports.MenuItem = api.MenuItem;
exports.MessageChannelMain = api.MessageChannelMain;
exports.Notification = api.Notification;
exports.ShareMenu = api.ShareMenu;
exports.TouchBar = api.TouchBar;
exports.Tray = api.Tray;
exports.View = api.View;
exports.WebContentsView = api.WebContentsView;
exports.app = api.app;
exports.autoUpdater = api.autoUpdater;
exports.clipboard = api.clipboard;
exports.contentTracing = api.contentTracing;
exports.crashReporter = api.crashReporter;
exports.desktopCapturer = api.desktopCapturer;
exports.dialog = api.dialog;
exports.globalShortcut = api.globalShortcut;
exports.inAppPurchase = api.inAppPurchase;
exports.ipcMain = api.ipcMain;
exports.nativeImage = api.nativeImage;
exports.nativeTheme = api.nativeTheme;
exports.net = api.net;
exports.netLog = api.netLog;
exports.powerMonitor = api.powerMonitor;
exports.powerSaveBlocker = api.powerSaveBlocker;
exports.protocol = api.protocol;
exports.pushNotifications = api.pushNotifications;
exports.safeStorage = api.safeStorage;
exports.screen = api.screen;
exports.session = api.session;
exports.shell = api.shell;
exports.systemPreferences = api.systemPreferences;
exports.utilityProcess = api.utilityProcess;
exports.webContents = api.webContents;
exports.webFrameMain = api.webFrameMain;
module.exports = api;
