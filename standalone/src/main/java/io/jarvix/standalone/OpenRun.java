package io.jarvix.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Remembers, in the data folder, the run that the last `jarvix run` posted and did not see the end
/// of. Written before the post: a second start with the same seeds posts the same idempotency key
/// again and so gets the same run, whether the first post had arrived or not.
///
/// @param idempotencyKey of the post
/// @param seeds SHA-256 of the seed file and the run's name, hex
record OpenRun(String idempotencyKey, String seeds) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// The run to go on with: the remembered one where it is of the same seeds and name, else a new
    /// one, remembered.
    static OpenRun resumeOrNew(Path file, Path seeds, String name) throws IOException {
        String hash = hash(seeds, name);
        Optional<OpenRun> remembered = read(file).filter(run -> run.seeds().equals(hash));
        if (remembered.isPresent()) {
            return remembered.get();
        }
        OpenRun fresh = new OpenRun(UUID.randomUUID().toString(), hash);
        Path written = file.resolveSibling(file.getFileName() + ".new");
        Files.write(
                written,
                JSON.writeValueAsBytes(
                        Map.of("idempotencyKey", fresh.idempotencyKey, "seeds", fresh.seeds)));
        Files.move(
                written,
                file,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        return fresh;
    }

    /// The run has ended: the next one is a new one.
    static void forget(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    private static Optional<OpenRun> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        JsonNode run = JSON.readTree(Files.readAllBytes(file));
        return Optional.of(
                new OpenRun(run.path("idempotencyKey").asText(), run.path("seeds").asText()));
    }

    private static String hash(Path seeds, String name) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(name.getBytes(UTF_8));
            digest.update((byte) 0);
            return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(seeds)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
