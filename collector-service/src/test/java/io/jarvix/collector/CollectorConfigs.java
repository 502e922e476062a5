package io.jarvix.collector;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/// Configurations without a container.
final class CollectorConfigs {

    private CollectorConfigs() {}

    /// The defaults of the code, but for these.
    static CollectorConfig with(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(settings, "the test", 100))
                .withMapping(CollectorConfig.class)
                .build()
                .getConfigMapping(CollectorConfig.class);
    }
}
