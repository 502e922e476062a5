package io.jarvix.standalone;

import io.jarvix.embedded.EmbeddedDatabase;
import io.jarvix.gateway.ApiKeyCreation;
import java.io.IOException;
import java.sql.SQLException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `jarvix keys`: who may use the API. The suite must be down, since the database belongs to one
/// process at a time.
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Creates API keys, without which the API is served on loopback only.")
final class KeysCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: keys create.");
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Creates an API key and prints it, this once; its hash is kept.")
    int create(
            @Mixin SuiteMixin suite,
            @Option(
                            names = "--name",
                            required = true,
                            description = "Whose key it is, for the log and the list.")
                    String name,
            @Option(
                            names = "--role",
                            defaultValue = "submit",
                            description = "read, submit or admin (default: ${DEFAULT-VALUE}).")
                    String role) {
        try (DataFolder folder = DataFolder.lock(suite.data());
                EmbeddedDatabase database = EmbeddedDatabase.start(folder.database())) {
            spec.commandLine()
                    .getOut()
                    .println(
                            ApiKeyCreation.create(
                                    database.jdbcUrl(),
                                    database.user(),
                                    database.password(),
                                    name,
                                    role));
            return ExitCode.OK.code();
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        } catch (IOException | SQLException e) {
            throw new CommandException(
                    ExitCode.START_FAILED, "The key cannot be created: " + e.getMessage(), e);
        }
    }
}
