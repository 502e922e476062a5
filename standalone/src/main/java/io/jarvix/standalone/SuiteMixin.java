package io.jarvix.standalone;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The options that every command which starts the suite has.
final class SuiteMixin {

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            defaultValue = "${env:JARVIX_DATA:-data}",
            description =
                    "Where broker, database, archive and log are kept; a second start goes on from there"
                            + " (default: ${DEFAULT-VALUE}, or JARVIX_DATA).")
    private Path data;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address on which the API listens (default: ${DEFAULT-VALUE}).")
    private String host;

    Path data() {
        return data;
    }

    String host() {
        return host;
    }
}
