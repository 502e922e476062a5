package io.jarvix.scoring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// Prefix `jarvix.topics`, the same in every service.
@ConfigMapping(prefix = "jarvix.topics")
interface TopicsConfig {

    /// Whether this service creates the topics that are missing.
    @WithDefault("true")
    boolean create();

    /// Partitions of a topic that is created.
    @WithDefault("12")
    int partitions();

    /// Replicas of a topic that is created; -1: the broker's default.
    @WithDefault("-1")
    short replicationFactor();
}
