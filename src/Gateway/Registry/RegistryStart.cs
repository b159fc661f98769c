using System.Collections.Immutable;

namespace GraphGateway.Gateway;

/// <summary>The graph with which a gateway starts that follows a registry.</summary>
/// <param name="Loaded">The graph, or why there is none.</param>
/// <param name="Notice">Why it is not what is live; null where it is.</param>
internal sealed record RegistryStart(LoadedSupergraph Loaded, string? Notice)
{
    /// <summary>True where there is no graph because nothing is live yet, and nothing is wrong.</summary>
    public bool IsNothingLive { get; init; }

    /// <summary>What is live; where that cannot be had, or not be run, the last good one on disk.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="clock">Ends the waiting for the registry.</param>
    public static async Task<RegistryStart> LoadAsync(GatewayOptions options, TimeProvider clock)
    {
        await using var source = new RegistrySource(options.Registry, clock);
        ImmutableArray<string> problems;
        var isNothingLive = false;
        try
        {
            var answer = await source.AskAsync(static _ => false, CancellationToken.None);
            if (answer.Text is { } text)
            {
                var loaded = SupergraphFile.Read(text, source.NameOf(answer.Live!), options);
                if (loaded.Supergraph is not null)
                {
                    var unwritten = source.Copy.Write(text);
                    return new RegistryStart(loaded, unwritten is null ? null : $"The supergraph cannot be kept in {options.Registry.File}: {unwritten}");
                }

                problems = loaded.Problems;
            }
            else
            {
                isNothingLive = true;
                problems = [$"Gateway:Registry: nothing is live in {source.Name}. `graphgateway publish --graph {options.Registry.Graph} --stage {options.Registry.Stage} ...` publishes a source."];
            }
        }
        catch (Exception exception)
        {
            // Whatever it is: the last good one runs without the registry.
            problems = [$"Gateway:Registry: the registry cannot be read: {RegistrySource.ReasonOf(exception)}"];
        }

        var start = FromCopy(source, problems, options);
        return start with { IsNothingLive = isNothingLive && start.Loaded.Supergraph is null && source.Copy.Read() is { Text: null, Problem: null } };
    }

    private static RegistryStart FromCopy(RegistrySource source, ImmutableArray<string> problems, GatewayOptions options)
    {
        var (copy, unusable, notice) = source.Copy.Read();
        if (copy is null)
        {
            var advice = unusable ?? (options.Registry.File is null ? "Set Gateway:Registry:File, and the gateway starts with what it had last." : $"There is no copy in {options.Registry.File}.");
            return new RegistryStart(new LoadedSupergraph(null, [], [.. problems, advice]), null);
        }

        var loaded = SupergraphFile.Read(copy, options.Registry.File!, options);
        return loaded.Supergraph is null
            ? new RegistryStart(loaded with { Problems = [.. problems, .. loaded.Problems] }, null)
            : new RegistryStart(loaded, $"{string.Join(" ", problems)} The gateway starts with the last good one, {options.Registry.File}.{(notice is null ? "" : " ")}{notice}");
    }
}
