package io.jarvix.scoring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/// The scoring service's configuration, prefix `jarvix.scoring`.
@ConfigMapping(prefix = "jarvix.scoring")
interface ScoringConfig {

    /// Consumers in this process, each with a thread of its own; more than there are partitions
    /// stay idle.
    @WithDefault("2")
    int workers();

    /// A rules file instead of the built-in one.
    Optional<Path> rules();

    /// The largest page that is opened, in bytes: above what any collector keeps, and low enough
    /// for the heap to hold eight times as much for each worker. A larger one is FAILED(SCORING).
    @WithDefault("16777216")
    int maxPageBytes();

    /// The largest body that `POST /score` takes, in bytes.
    @WithDefault("5242880")
    int maxBodyBytes();
}
