package io.jarvix.collector;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.jarvix.contracts.BlockRule;
import io.jarvix.contracts.Blocked;
import io.jarvix.contracts.UrlTask;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What is not fetched whatever the host says: domains, ports and paths by rule, and hosts that
/// refused before in the run. Safe from any thread.
final class PolicyGate {

    private record RefusedHost(UUID runId, String host) {}

    private final List<String> domains;
    private final List<String> paths;
    private final Set<Integer> ports;
    private final Cache<RefusedHost, Integer> refused =
            Caffeine.newBuilder()
                    .maximumSize(50_000)
                    .expireAfterWrite(Duration.ofHours(24))
                    .build();

    PolicyGate(List<String> allowedDomains, List<String> blockedPaths, Set<Integer> blockedPorts) {
        this.domains = List.copyOf(allowedDomains);
        this.paths = List.copyOf(blockedPaths);
        this.ports = Set.copyOf(blockedPorts);
    }

    static PolicyGate of(CollectorConfig config) {
        return new PolicyGate(
                config.allowedDomains().orElse(List.of()),
                config.blockedPathPrefixes(),
                config.blockedPorts());
    }

    /// The rule that forbids the target to the task, if there is one.
    Optional<Blocked> objectionTo(UrlTask task, Target target) {
        Optional<Blocked> ofAnyTask = objectionTo(target);
        if (ofAnyTask.isPresent()) {
            return ofAnyTask;
        }
        if (!isAllowed(target.host(), task.options().allowedDomains())) {
            return notAllowed(target);
        }
        Optional<String> prefix =
                blockedPrefix(target, paths)
                        .or(() -> blockedPrefix(target, task.options().blockedPathPrefixes()));
        if (prefix.isPresent()) {
            return blocked(BlockRule.PATH, prefix.get());
        }
        Integer status = refused.getIfPresent(new RefusedHost(task.runId(), target.host()));
        return status == null
                ? Optional.empty()
                : blocked(
                        BlockRule.HOST_REFUSED,
                        target.host() + " answered " + status + " before in this run");
    }

    /// The rule that forbids the port or the host to every task, and to a robots.txt.
    Optional<Blocked> objectionTo(Target target) {
        if (ports.contains(target.port())) {
            return blocked(BlockRule.PORT, "port " + target.port());
        }
        return isAllowed(target.host(), domains) ? Optional.empty() : notAllowed(target);
    }

    private static Optional<Blocked> notAllowed(Target target) {
        return blocked(BlockRule.DOMAIN, target.host() + " is not an allowed domain");
    }

    /// The host answered 401 or 403: it is left alone for the rest of the run.
    void refusedBy(UUID runId, String host, int status) {
        refused.put(new RefusedHost(runId, host), status);
    }

    private static Optional<Blocked> blocked(BlockRule rule, String detail) {
        return Optional.of(new Blocked(rule, detail));
    }

    private static boolean isAllowed(String host, List<String> domains) {
        if (domains.isEmpty()) {
            return true;
        }
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        for (String domain : domains) {
            String wanted = domain.toLowerCase(Locale.ROOT);
            if (name.equals(wanted) || name.endsWith("." + wanted)) {
                return true;
            }
        }
        return false;
    }

    /// A prefix ends where a word ends: `/auth` is not `/authors`, but `/auth.php` and `/auth?x`.
    private static Optional<String> blockedPrefix(Target target, List<String> prefixes) {
        String path = decoded(target.pathOnly());
        for (String prefix : prefixes) {
            if (path.regionMatches(true, 0, prefix, 0, prefix.length())
                    && (path.length() == prefix.length()
                            || prefix.endsWith("/")
                            || !Character.isLetterOrDigit(path.charAt(prefix.length())))) {
                return Optional.of(prefix);
            }
        }
        return Optional.empty();
    }

    private static String decoded(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException e) {
            return path;
        }
    }
}
