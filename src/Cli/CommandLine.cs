using System.CommandLine;

namespace GraphGateway.Cli;

/// <summary>The commands of <c>graphgateway</c>; this is the table of contents.</summary>
public static class CommandLine
{
    /// <summary>All commands. Exit codes: 0 when all is well, 1 when there are problems.</summary>
    public static RootCommand Root() => new("Composes source schemas into one graph, and explains what is wrong with them.")
    {
        ComposeCommand.Create(),
        CheckCommand.Create(),
        ExplainCommand.Create(),
        PlanCommand.Create(),
    };
}
