using System.Collections.Immutable;
using System.CommandLine;
using GraphGateway.ControlPlane;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Cli;

/// <summary>Holds the persisted operations against what a change would make live, before it does: where one would break, nothing is changed.</summary>
internal sealed class PublishedOperationsGuard
{
    private readonly PersistedCheckOptions options = new("Hold the persisted operations of this store against the new graph first, and change nothing where one would break");

    internal Option<string?> Store => options.Store;

    internal Option<string?> Gateway => options.Gateway.File;

    /// <summary>Why nothing is to be changed; empty where nothing keeps it from that, and where no store is given. What does not compose is left to the change itself.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="registry">The registry.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="change">The change.</param>
    /// <param name="cancellation">Ends it.</param>
    internal async Task<ImmutableArray<string>> FindProblemsAsync(
        ParseResult parsed, IRegistry registry, string graph, string stage, StageChange change, CancellationToken cancellation)
    {
        var (rules, unset) = options.Read(parsed);
        if (rules is null)
        {
            return unset is null ? [] : [unset];
        }

        var (preview, refusal) = await registry.PreviewAsync(graph, stage, change, cancellation);
        if (preview is null)
        {
            return [refusal!];
        }

        if (preview.Supergraph is not { } text)
        {
            return [];
        }

        var read = SupergraphReader.Read(new SourceText(text, "the composed supergraph"));
        if (read.Supergraph is not { } supergraph)
        {
            return [$"What the registry would compose cannot be read, so --operations cannot be held against it: {read.Errors[0].Message}"];
        }

        var (verdict, problem) = await options.HoldAsync(parsed, rules, supergraph, before: null, [], cancellation);
        if (verdict is { Problems.IsEmpty: false } && preview.Live is { } live && await registry.SupergraphAsync(graph, stage, live, cancellation) is { } now
            && SupergraphReader.Read(new SourceText(now, "what is live")).Supergraph is { } before)
        {
            verdict = verdict with { Held = verdict.Held.Beyond(before, rules) };
        }

        var done = StageChange.DoneOf(change.Kind);
        return problem is not null ? [$"{problem.Message} {problem.Hint}"]
            : verdict!.Problems.IsEmpty ? []
            : [.. verdict.Problems.Select(static broken => broken.ToString()), $"Nothing is {done}: {verdict.Summary} Without --operations it is {done} all the same."];
    }
}
