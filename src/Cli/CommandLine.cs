using System.Collections.Immutable;
using System.CommandLine;
using GraphGateway.Composition;

namespace GraphGateway.Cli;

/// <summary>The commands of <c>graphgateway</c>; this is the table of contents.</summary>
public static class CommandLine
{
    /// <summary>All commands. Exit codes: 0 when all is well, 1 when there are problems.</summary>
    public static RootCommand Root() => Root(TimeProvider.System);

    /// <param name="clock">Tells the time.</param>
    internal static RootCommand Root(TimeProvider clock)
    {
        var root = new RootCommand("Composes source schemas into one graph, keeps what teams publish, and explains what is wrong with it.")
        {
            ComposeCommand.Create(),
            CheckCommand.Create(clock),
            ExplainCommand.Create(),
            PlanCommand.Create(),
            KeysCommand.Create(clock),
            OperationsCommand.Create(clock),
            SignCommand.Create(),
        };
        foreach (var command in StageCommands.Create(clock).Concat(ReadCommands.Create()).Append(DiffCommand.Create()).Append(UsageCommand.Create(clock)).Append(ServeCommand.Create(clock)))
        {
            root.Add(command);
        }

        return root;
    }

    /// <summary>Runs a command. With <c>--json</c>, arguments that it does not take are told as JSON too.</summary>
    /// <param name="arguments">As a shell gives them.</param>
    /// <param name="configuration">Where its output goes.</param>
    /// <param name="cancellation">Ends a command that waits.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> Run(IReadOnlyList<string> arguments, InvocationConfiguration configuration, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(configuration);
        configuration = new InvocationConfiguration
        {
            Output = new PeopleWriter(configuration.Output),
            Error = new PeopleWriter(configuration.Error),
            EnableDefaultExceptionHandler = configuration.EnableDefaultExceptionHandler,
            ProcessTerminationTimeout = configuration.ProcessTerminationTimeout,
        };
        var parsed = Root().Parse(arguments);
        if (parsed.Errors.Count == 0)
        {
            return parsed.InvokeAsync(configuration, cancellation);
        }

        if (!arguments.Contains("--json", StringComparer.Ordinal))
        {
            return RunMaskedAsync(parsed, configuration, cancellation);
        }

        var command = parsed.CommandResult.Command;
        var name = command is RootCommand ? "graphgateway" : $"graphgateway {command.Name}";
        ImmutableArray<CompositionProblem> problems =
        [
            .. parsed.Errors.Select(error => new CompositionProblem
            {
                Code = ProblemCode.ArgumentsInvalid,
                Message = SecretMask.Hide(error.Message),
                Hint = $"\"{name} --help\" tells what it takes.",
            }),
        ];
        return Task.FromResult(new ProblemReport(configuration.Output, configuration.Error, isJson: true).Fail(problems));
    }

    // What it does not take is repeated, and can be a key in a wrong place.
    private static async Task<int> RunMaskedAsync(ParseResult parsed, InvocationConfiguration configuration, CancellationToken cancellation)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error }, cancellation);
        await configuration.Output.WriteAsync(SecretMask.Hide(output.ToString()));
        await configuration.Error.WriteAsync(SecretMask.Hide(error.ToString()));
        return code;
    }
}
