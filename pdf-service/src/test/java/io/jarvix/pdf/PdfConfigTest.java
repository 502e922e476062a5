package io.jarvix.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PdfConfigTest {

    @Test
    void theDefaultsAreTheDocumentedOnes() {
        PdfConfig config =
                new SmallRyeConfigBuilder()
                        .withConverter(Duration.class, 200, new DurationConverter())
                        .withMapping(PdfConfig.class)
                        .build()
                        .getConfigMapping(PdfConfig.class);

        assertThat(config.renders()).isZero();
        assertThat(config.attempts()).isEqualTo(3);
        assertThat(config.retryDelay()).isEqualTo(Duration.ofMillis(200));
        assertThat(config.retryDelayLimit()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.turn()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.appendixRows()).isEqualTo(ReportRenderer.DEFAULT_APPENDIX_ROWS);
        assertThat(config.designFolder()).isEmpty();
    }
}
