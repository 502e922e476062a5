package io.jarvix.pdf;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The files that make a report's looks and words: templates, style sheets and messages. A file in
/// the designer's folder goes before the built-in one of the same name.
final class Design {

    static final String FALLBACK_LANGUAGE = "en";

    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}");

    private final Optional<Path> folder;
    private final Map<String, Boolean> spoken = new ConcurrentHashMap<>();

    Design(Optional<Path> folder) {
        this.folder = folder;
    }

    /// Whether there are messages in this language, a two- or three-letter code.
    boolean speaks(String language) {
        return LANGUAGE.matcher(language).matches()
                && spoken.computeIfAbsent(language, asked -> find(messagesFile(asked)) != null);
    }

    Properties messages(String language) {
        return properties(messagesFile(language));
    }

    private static String messagesFile(String language) {
        return "messages_" + language + ".properties";
    }

    /// A file's text.
    ///
    /// @throws IllegalStateException where there is no such file
    String text(String name) {
        byte[] bytes = find(name);
        if (bytes == null) {
            throw new IllegalStateException("the report's design lacks " + name);
        }
        return new String(bytes, UTF_8);
    }

    private Properties properties(String name) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    private byte @Nullable [] find(String name) {
        try {
            if (folder.isPresent() && Files.isRegularFile(folder.get().resolve(name))) {
                return Files.readAllBytes(folder.get().resolve(name));
            }
            try (InputStream in = Design.class.getResourceAsStream("design/" + name)) {
                return in == null ? null : in.readAllBytes();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the report's design cannot be read: " + name, e);
        }
    }
}
