package io.jarvix.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookOptionsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://hooks.example/",
                "file:///etc/passwd",
                "https://user:word@hooks.example/",
                "hooks.example",
                ""
            })
    void aTargetThatIsNoPlainWebAddressIsRefused(String url) {
        assertThatThrownBy(() -> new WebhookOptions(url, null))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("webhook.url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "whsec_not base64 at all", "sixteen letters with \n"})
    void aSecretThatCannotSignIsRefused(String secret) {
        assertThatThrownBy(() -> new WebhookOptions("https://hooks.example/", secret))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("webhook.secret")
                .hasMessageNotContaining(secret);
    }

    @Test
    void itsTextHidesTheSecret() {
        assertThat(new WebhookOptions("https://hooks.example/", "c2VjcmV0c2VjcmV0").toString())
                .doesNotContain("c2VjcmV0");
    }
}
