package io.jarvix.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What an operator sets, with its defaults.
@ConfigMapping(prefix = "jarvix.gateway")
interface GatewayConfig {

    /// An admin's key that is valid from the start on, at least 24 characters; only its hash is
    /// stored.
    Optional<String> adminKey();

    /// What links to this gateway begin with outside, such as `https://jarvix.example`; without it
    /// they begin with the path.
    Optional<String> publicUrl();

    Limits limits();

    Dispatch dispatch();

    Reports reports();

    Webhooks webhook();

    Oidc oidc();

    /// What is refused, with an error that tells the limit.
    interface Limits {

        /// Seed lines of one run.
        @WithDefault("1000000")
        int linesPerRun();

        /// Characters of one seed line.
        @WithDefault("16384")
        int lineLength();

        /// Bytes of a submission's body; below quarkus.http.limits.max-body-size.
        @WithDefault("64000000")
        long bodyBytes();

        /// Rows of one page of an answer.
        @WithDefault("1000")
        int pageSize();

        /// Submissions that are read at once; each holds a database connection.
        @WithDefault("8")
        int concurrentSubmissions();

        /// Submissions of one caller that are read at once.
        @WithDefault("4")
        int concurrentSubmissionsPerCaller();

        /// Runs of one caller that are not over.
        @WithDefault("100")
        int openRuns();

        /// Requests of one caller in a minute.
        @WithDefault("6000")
        int requestsPerMinute();

        /// From submission to the end of the last line, unless the run asks for less.
        @WithDefault("24H")
        Duration runDeadline();
    }

    /// How URLs leave the ledger.
    interface Dispatch {

        /// False for a replica that only serves the API.
        @WithDefault("true")
        boolean enabled();

        /// URLs that are with the collectors at once.
        @WithDefault("400")
        int maxOutstanding();

        /// URLs of one host that are with the collectors at once, until the host shows that it
        /// answers faster.
        @WithDefault("16")
        int maxOutstandingPerHost();

        /// A host may have as many URLs outstanding as it lately finished in this time.
        @WithDefault("4S")
        Duration hostHorizon();

        /// How long the gateway waits for a result before it dispatches the URL again.
        @WithDefault("10M")
        Duration lease();

        /// How often a URL whose lease ran out goes back to PENDING.
        @WithDefault("3")
        int leaseRenewals();

        /// How often the dispatcher looks by itself; results and submissions wake it at once.
        @WithDefault("0.5S")
        Duration poll();

        /// How long the dispatcher waits for more room after it was woken, so that it decides in
        /// slices, not per URL.
        @WithDefault("0.02S")
        Duration linger();

        /// How often leases and deadlines are looked at.
        @WithDefault("1S")
        Duration sweep();
    }

    /// What is printed.
    interface Reports {

        /// Scored URLs in the appendix.
        @WithDefault("1000")
        int appendix();

        /// Hosts in the table of hosts.
        @WithDefault("25")
        int hosts();

        /// Pages of the top list.
        @WithDefault("10")
        int top();

        /// How long a report is waited for before it is asked for again.
        @WithDefault("5M")
        Duration patience();

        /// How often a report is asked for before the run ends without one.
        @WithDefault("3")
        int attempts();
    }

    /// How the end of a run is told.
    interface Webhooks {

        /// Blocks of addresses that may be told though they are not public; none.
        Optional<List<String>> allowedPrivateCidrs();

        /// How often a delivery is tried.
        @WithDefault("12")
        int attempts();

        /// From the first attempt to the last; the pauses between them double.
        @WithDefault("6H")
        Duration window();

        /// Of one attempt, and of its name's look-up.
        @WithDefault("15S")
        Duration deadline();
    }

    /// What a token's roles are called, where tokens are asked for (`quarkus.oidc.tenant-enabled`).
    interface Oidc {

        @WithDefault("jarvix-read")
        String readRole();

        @WithDefault("jarvix-submit")
        String submitRole();

        @WithDefault("jarvix-admin")
        String adminRole();
    }
}
