package io.jarvix.contracts;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The topics: names, headers and settings. The one source of truth: services create from it what
/// is missing ([TopicCreation]), and the deployment files are tested against it.
public final class Topics {

    public static final String URLS = "urls";
    public static final String RAW_RECORDS = "raw-records";
    public static final String SCORES = "scores";
    public static final String PDF_REQUESTS = "pdf-requests";
    public static final String REPORTS = "reports";
    public static final String DEAD_LETTERS = "dead-letters";

    /// Header of [#RAW_RECORDS]: the JSON of the [RawRecord].
    public static final String RAW_RECORD_HEADER = "jarvix-raw-record";

    /// Header of [#REPORTS]: the JSON of the [ReportResult].
    public static final String REPORT_RESULT_HEADER = "jarvix-report-result";

    /// Partitions of a topic unless configured otherwise: the most replicas of one service that can
    /// work at once.
    public static final int DEFAULT_PARTITIONS = 12;

    /// The largest message in bytes: the body cap of 5 MiB incompressible, its headers, and room to
    /// spare.
    public static final int MAX_MESSAGE_BYTES = 8 * 1024 * 1024;

    /// All topics, in the order of the flow. `raw-records` is bounded in bytes per partition, since
    /// it carries the pages; the ledger makes good what retention takes away too early, by
    /// dispatching again.
    public static final List<Topic> ALL =
            List.of(
                    new Topic(URLS, Duration.ofDays(1), -1),
                    new Topic(RAW_RECORDS, Duration.ofHours(6), 1024L * 1024 * 1024),
                    new Topic(SCORES, Duration.ofDays(1), -1),
                    new Topic(PDF_REQUESTS, Duration.ofDays(1), -1),
                    new Topic(REPORTS, Duration.ofDays(1), -1),
                    new Topic(DEAD_LETTERS, Duration.ofDays(14), -1));

    private Topics() {}

    /// One topic's settings.
    ///
    /// @param retentionBytes per partition; -1: no bound
    public record Topic(String name, Duration retention, long retentionBytes) {

        /// The topic's configuration in Kafka's own words.
        public Map<String, String> config() {
            return Map.of(
                    "cleanup.policy", "delete",
                    "compression.type", "producer",
                    "max.message.bytes", Integer.toString(MAX_MESSAGE_BYTES),
                    "retention.bytes", Long.toString(retentionBytes),
                    "retention.ms", Long.toString(retention.toMillis()),
                    "segment.bytes", Integer.toString(128 * 1024 * 1024));
        }
    }
}
