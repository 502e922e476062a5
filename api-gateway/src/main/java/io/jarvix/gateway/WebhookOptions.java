package io.jarvix.gateway;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.jarvix.contracts.CanonicalUrl;
import io.jarvix.contracts.ParsedUrl;
import org.jspecify.annotations.Nullable;

/// Who is told of a run's end. Its text form hides the secret.
///
/// @param url http or https, without credentials; kept in its canonical spelling
/// @param secret signs what is sent ([WebhookSignature]); without one nothing is signed
@JsonIgnoreProperties(ignoreUnknown = false)
record WebhookOptions(String url, @Nullable String secret) {

    private static final int SHORTEST_SECRET = 16;
    private static final int LONGEST_SECRET = 200;

    WebhookOptions {
        if (url == null) {
            throw Problem.invalidField("webhook.url", "is missing");
        }
        url =
                switch (CanonicalUrl.parse(url)) {
                    case CanonicalUrl canonical -> canonical.url();
                    case ParsedUrl.Invalid invalid ->
                            throw Problem.invalidField(
                                    "webhook.url", "is not usable: " + invalid.reason());
                };
        if (secret != null) {
            check(secret);
        }
    }

    /// @return absent where no URL is given
    static @Nullable WebhookOptions of(@Nullable String url, @Nullable String secret) {
        if (url == null && secret != null) {
            throw Problem.invalidField("webhook.url", "is missing: there is a secret alone");
        }
        return url == null ? null : new WebhookOptions(url, secret);
    }

    private static void check(String secret) {
        if (secret.length() < SHORTEST_SECRET || secret.length() > LONGEST_SECRET) {
            throw Problem.invalidField(
                    "webhook.secret",
                    "must have " + SHORTEST_SECRET + " to " + LONGEST_SECRET + " characters");
        }
        if (!secret.chars().allMatch(c -> c > ' ' && c < 127) || !WebhookSignature.isKey(secret)) {
            throw Problem.invalidField(
                    "webhook.secret",
                    "must be visible ASCII characters, and Base64 after the prefix whsec_");
        }
    }

    @Override
    public String toString() {
        return "WebhookOptions[url=" + url + "]";
    }
}
