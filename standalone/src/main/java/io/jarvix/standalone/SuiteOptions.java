package io.jarvix.standalone;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/// How the suite is to be started.
///
/// @param host the address on which the API listens
/// @param port the port on which it listens
/// @param data the data folder
/// @param demo serve the demo site and let the collector reach it
/// @param quiet log to the file only, since the console belongs to the progress bar
record SuiteOptions(String host, int port, Path data, boolean demo, boolean quiet) {

    /// Where the suite is called from this machine; an IPv6 address gets its brackets.
    URI url() {
        try {
            return new URI("http", null, host, port, null, null, null);
        } catch (URISyntaxException e) {
            throw new CommandException(ExitCode.USAGE, "No address to listen on: " + host, e);
        }
    }
}
