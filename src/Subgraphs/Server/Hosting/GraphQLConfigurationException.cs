using System.Collections.Immutable;

namespace GraphGateway.Subgraphs.Server;

/// <summary>The schema and the C# do not fit, so the program cannot start. The message lists every problem on a line of its own.</summary>
public sealed class GraphQLConfigurationException(ImmutableArray<string> problems)
    : Exception($"The schema and the C# do not fit:{string.Concat(problems.Select(problem => $"\n  - {problem}"))}")
{
    /// <summary>Every problem, a sentence each.</summary>
    public ImmutableArray<string> Problems { get; } = problems;
}
