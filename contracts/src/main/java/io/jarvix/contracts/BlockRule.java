package io.jarvix.contracts;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/// Which rule kept a URL from being fetched. The names are part of the wire form and of the API:
/// they are added to, never renamed.
public enum BlockRule {
    /// A rule of robots.txt (RFC 9309, section 2.2.2); the detail has the line.
    ROBOTS,
    /// robots.txt could not be had (5xx, time-out), which forbids all (RFC 9309, section 2.3.1.4).
    ROBOTS_UNREACHABLE,
    /// The host resolves to an address that is not public, or the URL is of a form that hides one.
    ADDRESS,
    /// The URL's scheme is not http or https, or it carries credentials.
    URL_FORM,
    /// The port is one that no web server of the public uses.
    PORT,
    /// The domain is not on the run's or the collector's list.
    DOMAIN,
    /// The path begins with a blocked prefix.
    PATH,
    /// The host answered 401 or 403 before in this run.
    HOST_REFUSED,
    /// A rule that this version does not know yet.
    @JsonEnumDefaultValue
    UNKNOWN
}
