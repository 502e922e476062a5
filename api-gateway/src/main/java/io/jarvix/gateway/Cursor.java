package io.jarvix.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/// Where a page of an answer ended. Opaque to clients; holds the sort key of the last row, so that
/// rows that are added meanwhile shift nothing.
record Cursor(List<String> key) {

    static Cursor of(Object... key) {
        return new Cursor(List.of(key).stream().map(Object::toString).toList());
    }

    String encode() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join("|", key).getBytes(StandardCharsets.UTF_8));
    }

    /// @throws Problem where it is no cursor of this many parts
    static Cursor decode(String text, int parts) {
        try {
            String key = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            List<String> list = List.of(key.split("\\|", -1));
            if (list.size() == parts) {
                return new Cursor(list);
            }
        } catch (IllegalArgumentException e) {
            throw notOurs();
        }
        throw notOurs();
    }

    double number(int part) {
        try {
            return Double.parseDouble(key.get(part));
        } catch (NumberFormatException e) {
            throw notOurs();
        }
    }

    UUID id(int part) {
        try {
            return UUID.fromString(key.get(part));
        } catch (IllegalArgumentException e) {
            throw notOurs();
        }
    }

    private static Problem notOurs() {
        return Problem.invalidField("cursor", "must be the nextCursor of an earlier answer");
    }
}
