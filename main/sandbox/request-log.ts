/** One request to the imitated CircleCI. `status` is absent while it is not answered, and for ever where it never was. */
export interface LoggedRequest {
  readonly method: string;
  /** With its query: a test can see that no value was ever put there. Headers and bodies are never kept. */
  readonly path: string;
  status?: number;
}

/** A test looks at the last few dozen; a load test must not fill the memory. */
const keptRequests = 1_000;

/** In order of arrival. */
export class RequestLog {
  #requests: LoggedRequest[] = [];
  #count = 0;
  #limited = 0;

  arrived(method: string, path: string): LoggedRequest {
    const request: LoggedRequest = { method, path };
    this.#count += 1;
    this.#requests.push(request);
    // Half at a time: cutting off one by one would copy the list for every request.
    if (this.#requests.length > 2 * keptRequests) this.#requests = this.#requests.slice(-keptRequests);
    return request;
  }

  answered(request: LoggedRequest, status: number): void {
    request.status = status;
    if (status === 429) this.#limited += 1;
  }

  /** How many of all were answered 429. */
  limited(): number {
    return this.#limited;
  }

  count(): number {
    return this.#count;
  }

  last(): readonly LoggedRequest[] {
    return this.#requests.slice(-keptRequests);
  }
}
