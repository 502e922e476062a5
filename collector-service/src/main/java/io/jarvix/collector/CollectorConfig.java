package io.jarvix.collector;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All settings of the collector, below `jarvix.collector`. Each bound has a default here, and the
/// table of limits in ARCHITECTURE.md says what happens beyond it.
@ConfigMapping(prefix = "jarvix.collector")
interface CollectorConfig {

    /// What servers read as User-Agent: the product, and where its operator is reached.
    @WithDefault("JARVIX/1.0 (+https://github.com/jarvix/jarvix)")
    String userAgent();

    /// The product token that robots.txt rules are matched with (RFC 9309, section 2.2.1).
    @WithDefault("jarvix")
    String robotsAgent();

    /// Downloads at once; the value of the bulkhead too.
    @WithDefault("100")
    int concurrency();

    /// Tasks held in memory: waiting, being fetched, or on their way to Kafka.
    @WithDefault("600")
    int maxTasks();

    /// Raw records that Kafka has not acknowledged yet; at so many no download begins.
    @WithDefault("256")
    int maxUnacknowledged();

    /// How often a fetch is tried again after a failure that can pass.
    @WithDefault("3")
    int retries();

    /// The first retry's back-off, doubled for each one after it.
    @WithDefault("500")
    int retryDelayMillis();

    /// Up to so much is added to or taken from each back-off by chance.
    @WithDefault("200")
    int retryJitterMillis();

    /// The longest back-off of a retry.
    @WithDefault("10000")
    int retryMaxDelayMillis();

    /// A whole exchange, from the look-up of the name to the last byte of the body.
    @WithDefault("30s")
    Duration exchangeDeadline();

    @WithDefault("5s")
    Duration connectTimeout();

    @WithDefault("5s")
    Duration dnsTimeout();

    /// Bytes of a body that are kept, content-encoding undone. Not more than a message can carry.
    @WithDefault("5242880")
    int maxBody();

    /// Bodies above [#smallBody] that are held at once; further ones wait, unread.
    @WithDefault("16")
    int maxLargeBodies();

    /// Up to so many bytes a body is received without a place among the large ones.
    @WithDefault("262144")
    int smallBody();

    /// Bytes of an answer's status line and headers.
    @WithDefault("65536")
    int maxHeader();

    @WithDefault("10")
    int maxRedirects();

    /// Connections that are kept open for a next request; beyond it a connection is closed after
    /// its answer.
    @WithDefault("1000")
    int maxConnections();

    /// How long an unused connection is kept.
    @WithDefault("15s")
    Duration keepAlive();

    /// Domains that are fetched, with their subdomains; empty: all.
    Optional<List<String>> allowedDomains();

    /// Paths that are never fetched.
    @WithDefault("/login,/auth,/account,/subscribe,/admin,/messages")
    List<String> blockedPathPrefixes();

    /// Ports that are never connected to: the list of the Fetch Standard, section 2.9.
    @WithDefault(
            "0,1,7,9,11,13,15,17,19,20,21,22,23,25,37,42,43,53,69,77,79,87,95,101,102,103,104,109,"
                    + "110,111,113,115,117,119,123,135,137,139,143,161,179,389,427,465,512,513,514,"
                    + "515,526,530,531,532,540,548,554,556,563,587,601,636,989,990,993,995,1719,1720,"
                    + "1723,2049,3659,4045,4190,5060,5061,6000,6566,6665,6666,6667,6668,6669,6679,"
                    + "6697,10080")
    Set<Integer> blockedPorts();

    /// Blocks of addresses that may be fetched though they are not public; empty: none.
    Optional<List<String>> allowedPrivateCidrs();

    /// Addresses of names, as in /etc/hosts. They are checked as any other address.
    Map<String, String> hosts();

    /// PEM files of certificates that are trusted beside those of the Java runtime.
    Optional<List<Path>> trustedCertificates();

    /// How long the end of the process waits for what is being fetched.
    @WithDefault("10s")
    Duration shutdownGrace();

    PerHost perHost();

    Robots robots();

    Archive archive();

    /// What one host is spared.
    interface PerHost {

        /// Requests at once to one host.
        @WithDefault("4")
        int concurrency();

        /// From the start of one request to the start of the next.
        @WithDefault("0ms")
        Duration delay();

        /// The pause of a host that answers 429 or 503 without a Retry-After, or does not answer;
        /// doubled each time it happens again.
        @WithDefault("1s")
        Duration backOff();

        /// The longest pause, whatever Retry-After says.
        @WithDefault("2m")
        Duration maxBackOff();

        /// Hosts whose state is remembered.
        @WithDefault("20000")
        int remembered();
    }

    /// robots.txt (RFC 9309).
    interface Robots {

        /// Bytes that are read of it.
        @WithDefault("512000")
        int maxBody();

        @WithDefault("5")
        int maxRedirects();

        /// The longest crawl-delay that is obeyed; a longer one is cut to it.
        @WithDefault("30s")
        Duration maxCrawlDelay();

        /// How long rules are kept.
        @WithDefault("1h")
        Duration timeToLive();

        /// How long a host without a readable robots.txt is left alone.
        @WithDefault("5m")
        Duration unreachableTimeToLive();

        /// Bytes of rules that are kept, about; the least used go first.
        @WithDefault("33554432")
        long cacheBytes();
    }

    /// The Parquet archive.
    interface Archive {

        @WithDefault("true")
        boolean enabled();

        @WithDefault("${ARCHIVE_FOLDER:archive}")
        Path folder();

        @WithDefault("zstd")
        ArchiveCodec codec();

        /// Records of one partition after which its files are closed.
        @WithDefault("20000")
        int maxRecords();

        /// Bytes of one partition's bodies after which its files are closed.
        @WithDefault("536870912")
        long maxBytes();

        /// The oldest record that is not yet in a closed file is at most about so old.
        @WithDefault("30s")
        Duration maxAge();

        /// Bytes of a row group before it is written out.
        @WithDefault("4194304")
        long rowGroupBytes();

        /// Bytes that all open files together may hold, 320 KiB for each and what it buffers;
        /// beyond it the largest partition's are closed.
        @WithDefault("67108864")
        long maxBuffered();
    }
}
