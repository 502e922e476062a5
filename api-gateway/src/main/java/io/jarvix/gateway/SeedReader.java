package io.jarvix.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Reads a submission as a stream: no list of seeds is ever held.
final class SeedReader {

    private static final int MAX_NAME = 200;

    private final GatewayConfig.Limits limits;
    private final ObjectMapper mapper;

    /// Takes one seed line.
    interface Sink {
        void accept(int ordinal, String line) throws IOException, SQLException;
    }

    /// What a submission says beside its seeds.
    ///
    /// @param name empty where there is none
    record Head(String name, RunOptions options) {}

    SeedReader(GatewayConfig.Limits limits) {
        this.limits = limits;
        JsonFactory factory =
                JsonFactory.builder()
                        .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxStringLength(limits.lineLength())
                                        .maxNestingDepth(8)
                                        .build())
                        .build();
        this.mapper =
                JsonMapper.builder(factory)
                        .addModule(new JavaTimeModule())
                        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .build();
    }

    /// One URL a line, UTF-8; blank lines and lines that begin with `#` are passed over. The
    // ordinal is the line's
    /// number in the text.
    void readText(InputStream body, Sink sink) throws IOException, SQLException {
        Reader reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        StringBuilder line = new StringBuilder();
        int number = 1;
        int seeds = 0;
        int c;
        do {
            c = reader.read();
            if (c != '\n' && c != -1) {
                line.append((char) c);
                if (line.length() > limits.lineLength()) {
                    throw Problem.lineTooLong(number, limits.lineLength());
                }
                continue;
            }
            String text = stripByteOrderMark(line, number).strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                checkCount(++seeds);
                sink.accept(number, text);
            }
            line.setLength(0);
            number++;
        } while (c != -1);
        checkAny(seeds);
    }

    /// `{"name": ..., "seeds": [...], "options": {...}}`, in any order. The ordinal is the seed's
    // place in the array,
    /// from 1.
    Head readJson(InputStream body, Sink sink) throws IOException, SQLException {
        int[] seeds = {0};
        try (JsonParser parser = mapper.getFactory().createParser(body)) {
            Head head = readObject(parser, sink, seeds);
            checkAny(seeds[0]);
            return head;
        } catch (StreamConstraintsException e) {
            throw Problem.lineTooLong(seeds[0] + 1, limits.lineLength());
        } catch (JsonParseException e) {
            throw Problem.badJson(
                    "At line %d, column %d: %s"
                            .formatted(
                                    e.getLocation().getLineNr(),
                                    e.getLocation().getColumnNr(),
                                    e.getOriginalMessage()));
        }
    }

    static String checkName(String name) {
        if (name.length() > MAX_NAME) {
            throw Problem.invalidField("name", "must have at most " + MAX_NAME + " characters");
        }
        return StorableText.of(name.strip());
    }

    private Head readObject(JsonParser parser, Sink sink, int[] seeds)
            throws IOException, SQLException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw Problem.badJson("The body must be an object with the array \"seeds\".");
        }
        String name = "";
        RunOptions options = RunOptions.NONE;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (field) {
                case "name" -> name = checkName(text(parser, value, "name"));
                case "options" -> options = readOptions(parser);
                case "seeds" -> readSeeds(parser, value, sink, seeds);
                default ->
                        throw Problem.invalidField(
                                field, "is not known: a run has name, seeds and options");
            }
        }
        if (parser.nextToken() != null) {
            throw Problem.badJson("There is more after the end of the object.");
        }
        return new Head(name, options);
    }

    private void readSeeds(JsonParser parser, JsonToken first, Sink sink, int[] seeds)
            throws IOException, SQLException {
        if (first != JsonToken.START_ARRAY) {
            throw Problem.invalidField("seeds", "must be an array of strings");
        }
        if (seeds[0] > 0) {
            throw Problem.invalidField("seeds", "stands twice in the body");
        }
        for (JsonToken token = parser.nextToken();
                token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            String seed = text(parser, token, "seeds[" + seeds[0] + "]");
            checkCount(++seeds[0]);
            sink.accept(seeds[0], seed.strip());
        }
    }

    private RunOptions readOptions(JsonParser parser) throws IOException {
        try {
            @Nullable RunOptions options = mapper.readValue(parser, RunOptions.class);
            return options == null ? RunOptions.NONE : options;
        } catch (JsonMappingException e) {
            if (e.getCause() instanceof Problem problem) {
                throw problem;
            }
            String field =
                    e.getPath().stream()
                            .map(JsonMappingException.Reference::getFieldName)
                            .reduce("options", (path, part) -> path + "." + part);
            throw Problem.invalidField(field, "is not known or not of the right type");
        }
    }

    private static String text(JsonParser parser, @Nullable JsonToken token, String field)
            throws IOException {
        if (token != JsonToken.VALUE_STRING) {
            throw Problem.invalidField(field, "must be a string");
        }
        return parser.getText();
    }

    private static String stripByteOrderMark(StringBuilder line, int number) {
        boolean marked = number == 1 && !line.isEmpty() && line.charAt(0) == '\uFEFF';
        return line.substring(marked ? 1 : 0);
    }

    private void checkCount(int seeds) {
        if (seeds > limits.linesPerRun()) {
            throw Problem.tooManyLines(limits.linesPerRun());
        }
    }

    private static void checkAny(int seeds) {
        if (seeds == 0) {
            throw Problem.noSeeds();
        }
    }
}
