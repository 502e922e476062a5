package io.jarvix.gateway;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/// Scores as rows of a Parquet file, by [ScoreColumns].
final class ParquetRows extends WriteSupport<Views.ScoreRow> {

    static final MessageType SCHEMA =
            new MessageType(
                    "score", ScoreColumns.ALL.stream().map(ParquetRows::type).toArray(Type[]::new));

    private @Nullable RecordConsumer consumer;

    private static Type type(ScoreColumns.Column column) {
        Type.Repetition repetition =
                column.optional() ? Type.Repetition.OPTIONAL : Type.Repetition.REQUIRED;
        return switch (column.type()) {
            case INT -> Types.primitive(PrimitiveTypeName.INT32, repetition).named(column.name());
            case DOUBLE ->
                    Types.primitive(PrimitiveTypeName.DOUBLE, repetition).named(column.name());
            case BOOLEAN ->
                    Types.primitive(PrimitiveTypeName.BOOLEAN, repetition).named(column.name());
            case TEXT ->
                    Types.primitive(PrimitiveTypeName.BINARY, repetition)
                            .as(stringType())
                            .named(column.name());
            case TEXTS ->
                    Types.list(repetition)
                            .requiredElement(PrimitiveTypeName.BINARY)
                            .as(stringType())
                            .named(column.name());
        };
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return new WriteContext(SCHEMA, Map.of());
    }

    @Override
    public WriteContext init(Configuration configuration) {
        return new WriteContext(SCHEMA, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        consumer = recordConsumer;
    }

    @Override
    public void write(Views.ScoreRow row) {
        RecordConsumer to = Objects.requireNonNull(consumer, "not prepared");
        to.startMessage();
        for (int i = 0; i < ScoreColumns.ALL.size(); i++) {
            ScoreColumns.Column column = ScoreColumns.ALL.get(i);
            Object value = column.value().apply(row);
            if (value != null) {
                to.startField(column.name(), i);
                add(to, value);
                to.endField(column.name(), i);
            }
        }
        to.endMessage();
    }

    private static void add(RecordConsumer to, Object value) {
        switch (value) {
            case Integer number -> to.addInteger(number);
            case Double number -> to.addDouble(number);
            case Boolean flag -> to.addBoolean(flag);
            case String text -> to.addBinary(Binary.fromString(text));
            case List<?> texts -> addList(to, texts);
            default -> throw new IllegalArgumentException("no column has a " + value.getClass());
        }
    }

    private static void addList(RecordConsumer to, List<?> texts) {
        to.startGroup();
        if (!texts.isEmpty()) {
            to.startField("list", 0);
            for (Object text : texts) {
                to.startGroup();
                to.startField("element", 0);
                to.addBinary(Binary.fromString(text.toString()));
                to.endField("element", 0);
                to.endGroup();
            }
            to.endField("list", 0);
        }
        to.endGroup();
    }
}
