using System.Collections.Immutable;
using System.CommandLine;
using GraphGateway.ControlPlane;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Cli;

/// <summary>Holds the persisted operations against what <c>publish</c> would make live, before it does: where one would break, nothing is published.</summary>
internal sealed class PublishedOperationsGuard
{
    private readonly PersistedCheckOptions options = new("Hold the persisted operations of this store against the new graph first, and publish nothing where one would break");

    internal Option<string?> Store => options.Store;

    internal Option<string?> Gateway => options.Gateway.File;

    /// <summary>Why nothing is to be published; empty where nothing keeps it from that, and where no store is given. What does not compose is left to the publishing itself.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="registry">The registry.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="publications">What is to be published.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellation">Ends it.</param>
    internal async Task<ImmutableArray<string>> FindProblemsAsync(
        ParseResult parsed, IRegistry registry, string graph, string stage, ImmutableArray<SourcePublication> publications, DateTimeOffset now, CancellationToken cancellation)
    {
        var (rules, unset) = options.Read(parsed);
        if (rules is null)
        {
            return unset is null ? [] : [unset];
        }

        var (review, refusal) = await registry.ReviewAsync(graph, stage, publications, new ReviewOptions(WithSupergraph: true), now, cancellation);
        if (review is null)
        {
            return [refusal!];
        }

        if (review.Problems.Any(problem => problem.ToProblem().Severity == Composition.ProblemSeverity.Error))
        {
            return [];
        }

        if (review.Supergraph is not { } text || SupergraphReader.Read(new SourceText(text, "the composed supergraph")).Supergraph is not { } supergraph)
        {
            return ["The registry does not tell what it would compose, so --operations cannot be held against it: it is of another version."];
        }

        var (verdict, problem) = await options.HoldAsync(parsed, rules, supergraph, before: null, [], cancellation);
        return problem is not null ? [$"{problem.Message} {problem.Hint}"]
            : verdict!.Problems.IsEmpty ? []
            : [.. verdict.Problems.Select(static broken => broken.ToString()), $"Nothing is published: {verdict.Summary} Without --operations it is published all the same."];
    }
}
