package io.jarvix.standalone;

import java.nio.file.Path;

/// How the suite is to be started.
///
/// @param host the address on which the API listens
/// @param port 0: any free port
/// @param data the data folder
/// @param demo serve the demo site and let the collector reach it
/// @param quiet log to the file only, since the console belongs to the progress bar
record SuiteOptions(String host, int port, Path data, boolean demo, boolean quiet) {}
