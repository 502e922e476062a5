package io.jarvix.pdf;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// The settings of the pdf service. `renders` and the appendix limit bound its memory.
@ConfigMapping(prefix = "jarvix.pdf")
interface PdfConfig {

    /// How many reports are rendered at once; 0: as many as there are processors.
    @WithDefault("0")
    int renders();

    /// How often a request is rendered before it is given up.
    @WithDefault("3")
    int attempts();

    /// The wait before the second attempt, and before a report is sent again; it doubles each time.
    @WithDefault("200ms")
    Duration retryDelay();

    /// The longest of these waits.
    @WithDefault("10s")
    Duration retryDelayLimit();

    /// How long `POST /reports` waits for its turn before it answers 503.
    @WithDefault("20s")
    Duration turn();

    /// The most rows of the appendix; what is over is not printed, and the report says how many.
    @WithDefault("1000")
    int appendixRows();

    /// A folder whose `report.html`, `report.css` and so on replace the built-in ones of the same
    /// name.
    Optional<Path> designFolder();
}
