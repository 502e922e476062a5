package io.jarvix.gateway;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.jarvix.contracts.FetchOptions;
import io.jarvix.contracts.UnreadableMessageException;
import io.jarvix.contracts.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a run asks for, beside its seeds. Everything may be left out.
///
/// @param allowedDomains only these domains and their subdomains are fetched; empty: all
/// @param blockedPathPrefixes paths that are not fetched, beside those that the operator blocks
/// @param maxConcurrencyPerHost at most so many requests at once to one host
/// @param minDelayMillis at least so long between two requests to one host
/// @param deadline the run ends after this time, ISO 8601 such as `PT2H`
/// @param language of the report's own words: `en` or `es`
/// @param webhook who is told of the run's end
@JsonIgnoreProperties(ignoreUnknown = false)
record RunOptions(
        @Nullable List<String> allowedDomains,
        @Nullable List<String> blockedPathPrefixes,
        @Nullable Integer maxConcurrencyPerHost,
        @Nullable Integer minDelayMillis,
        @Nullable Duration deadline,
        @Nullable String language,
        @Nullable WebhookOptions webhook) {

    static final RunOptions NONE = new RunOptions(null, null, null, null, null, null, null);

    private static final Set<String> LANGUAGES = Set.of("en", "es");

    RunOptions {
        if (maxConcurrencyPerHost != null && maxConcurrencyPerHost < 1) {
            throw Problem.invalidField("options.maxConcurrencyPerHost", "must be 1 or more");
        }
        if (minDelayMillis != null && minDelayMillis < 0) {
            throw Problem.invalidField("options.minDelayMillis", "must be 0 or more");
        }
        if (deadline != null && (deadline.isNegative() || deadline.isZero())) {
            throw Problem.invalidField(
                    "options.deadline", "must be longer than nothing, such as PT2H");
        }
        if (language != null && !isLanguage(language)) {
            throw Problem.invalidField("options.language", "must be en or es");
        }
    }

    /// Whether a report can be printed in it.
    static boolean isLanguage(String language) {
        return LANGUAGES.contains(language);
    }

    /// The part that travels with each task, as JSON.
    String fetchOptions() {
        FetchOptions options =
                new FetchOptions(
                        allowedDomains == null ? List.of() : allowedDomains,
                        blockedPathPrefixes == null ? List.of() : blockedPathPrefixes,
                        maxConcurrencyPerHost,
                        minDelayMillis);
        return StorableText.of(new String(Wire.write(options), StandardCharsets.UTF_8));
    }

    String languageOrDefault() {
        return language == null ? "en" : language;
    }

    static FetchOptions readFetchOptions(String json) throws UnreadableMessageException {
        return Wire.read(json.getBytes(StandardCharsets.UTF_8), FetchOptions.class);
    }
}
