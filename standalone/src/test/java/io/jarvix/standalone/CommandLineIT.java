package io.jarvix.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the command says when it cannot go on, and the exit code that a script sees.
class CommandLineIT {

    private static final Duration QUICKLY = Duration.ofSeconds(60);

    @TempDir Path folder;

    @Test
    void everyCommandHasHelp() throws Exception {
        expect(ExitCode.OK, "Exit codes", "--help");
        expect(ExitCode.OK, "--out", "run", "--help");
        expect(ExitCode.OK, "--port", "up", "--help");
        expect(ExitCode.OK, "JARVIX 1", "--version");
    }

    @Test
    void anUnknownOptionIsNamed() throws Exception {
        expect(ExitCode.USAGE, "--colour", "up", "--colour");
        expect(ExitCode.USAGE, "Name a command");
    }

    @Test
    void aMissingSeedFileIsNamed() throws Exception {
        expect(ExitCode.SEEDS, "nowhere.txt", "run", "nowhere.txt");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void aReportThatCannotBeWrittenIsRefusedBeforeTheRun() throws Exception {
        Files.writeString(folder.resolve("seeds.txt"), "http://example.com/\n");
        expect(ExitCode.USAGE, "no-such", "run", "seeds.txt", "--out", "no-such/report.pdf");
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            expect(ExitCode.PORT_IN_USE, port, "up", "--port", port, "--data", data());
        }
    }

    @Test
    void aDataFolderInUseIsNamedWithItsOwner() throws Exception {
        DataFolder held = DataFolder.lock(folder.resolve("data"));
        try {
            String pid = Long.toString(ProcessHandle.current().pid());
            expect(ExitCode.DATA_FOLDER_IN_USE, pid, "up", "--data", data());
        } finally {
            held.close();
        }
    }

    @Test
    void aKeyIsCreatedForOneOfTheRoles() throws Exception {
        expect(
                ExitCode.OK,
                "jvx_",
                "keys",
                "create",
                "--name",
                "ops",
                "--role",
                "admin",
                "--data",
                data());
        expect(
                ExitCode.USAGE,
                "king",
                "keys",
                "create",
                "--name",
                "ops",
                "--role",
                "king",
                "--data",
                data());
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private void expect(ExitCode code, String inOutput, String... arguments) throws Exception {
        try (JarProcess process = JarProcess.start("standalone", folder, Map.of(), arguments)) {
            assertThat(process.awaitExit(QUICKLY)).as(process.output()).isEqualTo(code.code());
            assertThat(process.output()).contains(inOutput).doesNotContain("\tat ");
        }
    }
}
