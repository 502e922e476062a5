package io.jarvix.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/// A JSON Web Token, signed by the JDK alone (RFC 7515, RS256).
record SignedToken(
        String issuer, String audience, String subject, List<String> groups, Instant expiresAt) {

    SignedToken withAudience(String other) {
        return new SignedToken(issuer, other, subject, groups, expiresAt);
    }

    SignedToken withIssuer(String other) {
        return new SignedToken(other, audience, subject, groups, expiresAt);
    }

    SignedToken withSubject(String other) {
        return new SignedToken(issuer, audience, other, groups, expiresAt);
    }

    SignedToken withGroups(String... others) {
        return new SignedToken(issuer, audience, subject, List.of(others), expiresAt);
    }

    SignedToken expiredAt(Instant when) {
        return new SignedToken(issuer, audience, subject, groups, when);
    }

    String signedBy(PrivateKey key) throws GeneralSecurityException {
        String signed = encode("{\"alg\": \"RS256\", \"typ\": \"JWT\", \"kid\": \"1\"}") + claims();
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(signed.getBytes(UTF_8));
        return signed
                + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    }

    String unsigned() {
        return encode("{\"alg\": \"none\", \"typ\": \"JWT\"}") + claims() + ".";
    }

    private String claims() {
        String quoted = groups.isEmpty() ? "" : "\"" + String.join("\", \"", groups) + "\"";
        return "."
                + encode(
                        """
                        {"iss": "%s", "aud": "%s", "sub": "%s", "groups": [%s], "iat": %d, "exp": %d}\
                        """
                                .formatted(
                                        issuer,
                                        audience,
                                        subject,
                                        quoted,
                                        expiresAt.getEpochSecond() - 600,
                                        expiresAt.getEpochSecond()));
    }

    private static String encode(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
    }
}
