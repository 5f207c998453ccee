export declare const pageScheme = "app";
export declare const pageUrl = "app://rondo/index.html";
/** Answers a request of the page from `pageDir`; whatever is not a bundled file is 404. */
export declare function servePageFile(pageDir: string, url: string): Response;
