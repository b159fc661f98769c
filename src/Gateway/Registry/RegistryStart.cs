using System.Collections.Immutable;
using GraphGateway.ControlPlane;

namespace GraphGateway.Gateway;

/// <summary>The graph with which a gateway starts that follows a registry.</summary>
/// <param name="Loaded">The graph, or why there is none.</param>
/// <param name="Notice">Why it is not what is live; null where it is.</param>
internal sealed record RegistryStart(LoadedSupergraph Loaded, string? Notice)
{
    /// <summary>What is live and could not be kept on disk; null where it was, or need not.</summary>
    public UnkeptCopy? Unkept { get; init; }

    /// <summary>True where nothing is live yet, and nothing is wrong.</summary>
    public bool IsNothingLive { get; init; }

    /// <summary>What is live, where the gateway cannot run it and has nothing else; null otherwise.</summary>
    public LiveLaunch? Refused { get; init; }

    /// <summary>What is live; where that cannot be had, or not be run, the last good one on disk.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="clock">Ends the waiting for the registry.</param>
    /// <param name="before">What an earlier look has given: what cannot be run is not read again. Null for the first one.</param>
    public static async Task<RegistryStart> LoadAsync(GatewayOptions options, TimeProvider clock, RegistryStart? before = null)
    {
        await using var source = new RegistrySource(options.Registry, clock);
        ImmutableArray<string> problems;
        var isNothingLive = false;
        LiveLaunch? refused = null;
        try
        {
            var answer = await source.AskAsync(live => live == before?.Refused, CancellationToken.None);
            if (answer is { Live: not null, Text: null })
            {
                return before!;
            }

            if (answer.Text is { } text)
            {
                var loaded = SupergraphFile.Read(text, source.NameOf(answer.Live!), options);
                if (loaded.Supergraph is not null)
                {
                    var unwritten = source.Copy.Write(text);
                    return unwritten is null ? new RegistryStart(loaded, null) : new RegistryStart(loaded, $"The supergraph cannot be kept in {options.Registry.File}: {unwritten}")
                    {
                        Unkept = new UnkeptCopy(source.NameOf(answer.Live!), text),
                    };
                }

                (problems, refused) = (loaded.Problems, answer.Live);
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
        return start.Loaded.Supergraph is null ? start with { IsNothingLive = isNothingLive && source.Copy.Read() is { Text: null, Problem: null }, Refused = refused } : start;
    }

    private static RegistryStart FromCopy(RegistrySource source, ImmutableArray<string> problems, GatewayOptions options)
    {
        var (copy, unusable, notice) = source.Copy.Read();
        if (copy is null)
        {
            var advice = unusable ?? (options.Registry.File is null ? "Set Gateway:Registry:File, and the gateway starts with what it had last." : $"There is no copy in {options.Registry.File}. {Another(options)}");
            return new RegistryStart(new LoadedSupergraph(null, [], [.. problems, advice]), null);
        }

        var loaded = SupergraphFile.Read(copy, options.Registry.File!, options);
        return loaded.Supergraph is null
            ? new RegistryStart(loaded with { Problems = [.. problems, .. loaded.Problems, $"The copy cannot be run. {Another(options)}"] }, null)
            : new RegistryStart(loaded, $"{string.Join(" ", problems)} The gateway starts with the last good one, {options.Registry.File}.{(notice is null ? "" : " ")}{notice}");
    }

    private static string Another(GatewayOptions options) =>
        $"Start where the registry can be reached, or bring one: `graphgateway fetch --graph {options.Registry.Graph} --stage {options.Registry.Stage} --output {options.Registry.File}`.";
}
