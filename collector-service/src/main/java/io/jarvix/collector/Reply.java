package io.jarvix.collector;

import io.jarvix.contracts.Blocked;
import io.jarvix.contracts.FailureKind;
import java.util.List;
import java.util.Map;

/// How one request ended.
sealed interface Reply {

    /// An answer came, whole or cut at the cap.
    ///
    /// @param headers names in lower case
    /// @param body as it came, content-encoding not undone
    /// @param cut the body was longer
    /// @param place the body's place in memory, to be given back
    record Answer(
            int status,
            Map<String, List<String>> headers,
            byte[] body,
            boolean cut,
            BodyPlaces.Place place)
            implements Reply {

        String header(String name) {
            List<String> values = headers.get(name);
            return values == null || values.isEmpty() ? "" : values.getFirst();
        }
    }

    /// No usable answer came.
    ///
    /// @param passing whether it may go better next time
    record NoAnswer(FailureKind kind, String message, boolean passing) implements Reply {}

    /// The address may not be connected to.
    record Forbidden(Blocked blocked) implements Reply {}
}
