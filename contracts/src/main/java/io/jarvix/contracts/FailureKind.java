package io.jarvix.contracts;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/// Why a URL failed. The names are part of the wire form and of the API: they are added to, never
/// renamed.
public enum FailureKind {
    /// The host's name has no address.
    DNS,
    /// No connection: refused, unreachable, or not within the connect time-out.
    CONNECT,
    /// The TLS handshake failed: certificate expired, not trusted, or of another name.
    TLS,
    /// The exchange did not end within its deadline.
    TIMEOUT,
    /// The connection ended in the middle of an answer.
    CONNECTION_LOST,
    /// The answer breaks HTTP: malformed status line, header flood, wrong framing.
    PROTOCOL,
    /// The body's content-encoding is unknown or broken.
    DECODING,
    /// A status 4xx other than those that are retried.
    HTTP_CLIENT_ERROR,
    /// A status 5xx, or 429, after all retries.
    HTTP_SERVER_ERROR,
    /// A status that carries no page (1xx, 204, 205, 304 without having asked for it, or an unknown
    /// class).
    HTTP_NO_CONTENT,
    /// More redirects than allowed, or a loop.
    TOO_MANY_REDIRECTS,
    /// A redirect without a usable Location.
    INVALID_REDIRECT,
    /// The page came, and could not be scored.
    SCORING,
    /// A defect of JARVIX itself; the message names it.
    INTERNAL,
    /// A kind that this version does not know yet.
    @JsonEnumDefaultValue
    UNKNOWN
}
