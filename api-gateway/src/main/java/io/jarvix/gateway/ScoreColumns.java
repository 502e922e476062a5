package io.jarvix.gateway;

import io.jarvix.contracts.Pure;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The columns of a table of scores, named as the fields of the JSON are. Columns are added at the
/// end and never renamed.
@Pure
final class ScoreColumns {

    enum Type {
        INT,
        DOUBLE,
        BOOLEAN,
        TEXT,
        /// A list of texts.
        TEXTS
    }

    /// @param value of the row; absent where the row has none, in an `optional` column only
    record Column(
            String name,
            Type type,
            boolean optional,
            Function<Views.ScoreRow, @Nullable Object> value) {}

    static final List<Column> ALL =
            List.of(
                    column("ordinal", Type.INT, Views.ScoreRow::ordinal),
                    column("url", Type.TEXT, Views.ScoreRow::url),
                    column("urlId", Type.TEXT, Views.ScoreRow::urlId),
                    column("finalUrl", Type.TEXT, Views.ScoreRow::finalUrl),
                    new Column("status", Type.INT, true, Views.ScoreRow::status),
                    column("title", Type.TEXT, Views.ScoreRow::title),
                    column("language", Type.TEXT, Views.ScoreRow::language),
                    column("score", Type.DOUBLE, Views.ScoreRow::score),
                    column("action", Type.TEXT, row -> row.action().name()),
                    column("confidence", Type.DOUBLE, Views.ScoreRow::confidence),
                    column("reason", Type.TEXT, Views.ScoreRow::reason),
                    column("nextStep", Type.TEXT, Views.ScoreRow::nextStep),
                    column("rulesVersion", Type.TEXT, Views.ScoreRow::rulesVersion),
                    column("textLength", Type.INT, Views.ScoreRow::textLength),
                    column("platforms", Type.TEXTS, Views.ScoreRow::platforms),
                    column("truncated", Type.BOOLEAN, Views.ScoreRow::truncated));

    private ScoreColumns() {}

    private static Column column(
            String name, Type type, Function<Views.ScoreRow, @Nullable Object> value) {
        return new Column(name, type, false, value);
    }
}
