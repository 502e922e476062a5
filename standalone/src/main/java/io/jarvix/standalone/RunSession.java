package io.jarvix.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// One `jarvix run` while the services are up: posts the seeds, shows progress until the run has
/// ended, writes the report and prints the ledger's sum and the top pages.
final class RunSession {

    private static final Duration LOOK = Duration.ofMillis(250);
    private static final int TITLE_WIDTH = 48;

    private final GatewayClient gateway;
    private final DataFolder folder;
    private final PrintWriter out;

    RunSession(GatewayClient gateway, DataFolder folder, PrintWriter out) {
        this.gateway = gateway;
        this.folder = folder;
        this.out = out;
    }

    /// @throws CommandException where the seeds are refused or the run ends without a report
    void run(Path seeds, String name, Path report) {
        String runId = submit(seeds, name);
        RunStatus status = await(runId);
        gateway.report(runId, report);
        summarize(status, report);
        try {
            OpenRun.forget(folder.openRun());
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.FAILED, "The data folder cannot be written: " + e.getMessage(), e);
        }
    }

    private String submit(Path seeds, String name) {
        try {
            OpenRun open = OpenRun.resumeOrNew(folder.openRun(), seeds, name);
            JsonNode run = gateway.submit(seeds, name, open.idempotencyKey());
            String runId = run.path("id").asText();
            out.printf("Run %s (%s) of %s%n", runId, name, seeds);
            run.path("invalid")
                    .forEach(
                            line ->
                                    out.printf(
                                            "  line %d is not fetched: %s%n",
                                            line.path("line").asInt(),
                                            line.path("reason").asText()));
            out.flush();
            return runId;
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.SEEDS, "The seeds cannot be read: " + e.getMessage(), e);
        }
    }

    private RunStatus await(String runId) {
        Progress progress = Progress.on(out);
        while (true) {
            RunStatus status = gateway.status(runId);
            progress.show(status);
            if (status.ended()) {
                progress.end();
                return status;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private void summarize(RunStatus status, Path report) {
        out.printf("%n%s: %s%n", status.state(), status.sum());
        if (!status.addsUp()) {
            throw new CommandException(
                    ExitCode.FAILED, "The ledger does not add up: please report this as a defect.");
        }
        JsonNode top = gateway.top(status.id());
        if (!top.isEmpty()) {
            out.printf("%nTop pages%n");
        }
        int rank = 1;
        for (JsonNode page : top) {
            out.printf(
                    "%3d. %6.2f  %-8s %-" + TITLE_WIDTH + "s  %s%n",
                    rank++,
                    page.path("score").asDouble(),
                    page.path("action").asText(),
                    cut(page.path("title").asText()),
                    page.path("url").asText());
        }
        out.printf("%nReport: %s%n", report);
        out.printf("Raw pages: %s%n", folder.archive().resolve("raw"));
        out.flush();
    }

    private static String cut(String title) {
        return title.length() <= TITLE_WIDTH ? title : title.substring(0, TITLE_WIDTH - 1) + "…";
    }
}
