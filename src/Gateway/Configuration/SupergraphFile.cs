using System.Collections.Immutable;
using GraphGateway.ControlPlane;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Gateway;

/// <summary>A supergraph with the addresses of its sources, or the problems that prevent a start; exactly one of the two is there.</summary>
/// <param name="Supergraph">The supergraph; null when there are problems.</param>
/// <param name="Sources">Its sources by ordinal, with the address after all settings.</param>
/// <param name="Problems">What is wrong, each with what to do.</param>
internal sealed record LoadedSupergraph(Supergraph? Supergraph, ImmutableArray<SourceEndpoint> Sources, ImmutableArray<string> Problems)
{
    /// <summary>Of the text that it was read from (<see cref="RegistrySource.HashOf"/>); null where it was not.</summary>
    public string? Hash { get; init; }
}

/// <summary>Reads the file that <c>Gateway:Supergraph</c> names and brings it together with the settings of the sources.</summary>
internal static class SupergraphFile
{
    public static async Task<LoadedSupergraph> LoadAsync(GatewayOptions options, CancellationToken cancellationToken)
    {
        byte[] text;
        try
        {
            text = await File.ReadAllBytesAsync(options.Supergraph, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Failed([$"Gateway:Supergraph: {options.Supergraph} cannot be read: {exception.Message}"]);
        }

        return Read(text, options.Supergraph, options);
    }

    /// <summary>A supergraph's text with the settings of the sources.</summary>
    /// <param name="text">Its text, UTF-8.</param>
    /// <param name="name">What messages call it, such as the name of its file.</param>
    /// <param name="options">The settings.</param>
    /// <param name="betweenParts">Called between parts of the work, on the thread that does it; null for nobody.</param>
    public static LoadedSupergraph Read(byte[] text, string name, GatewayOptions options, Action? betweenParts = null)
    {
        if (!options.SupergraphKeys.IsEmpty && SupergraphSignature.FindProblem(text, options.Registry.IsOn ? SupergraphSignature.StageOf(options.Registry.Graph, options.Registry.Stage) : null, options.SupergraphKeys) is { } problem)
        {
            return Failed([$"{name}: {problem} (Gateway:SupergraphKeys says whose signatures count.)"]);
        }

        var result = SupergraphReader.Read(new SourceText(text, name), betweenParts);
        return result.Supergraph is { } supergraph ? Resolve(supergraph, options) with { Hash = RegistrySource.HashOf(text) } : Failed([.. result.Errors.Select(error => Describe(name, error))]);
    }

    /// <summary>The address of each source: the setting's, or else the supergraph's. Settings of what the supergraph does not have are problems.</summary>
    public static LoadedSupergraph Resolve(Supergraph supergraph, GatewayOptions options)
    {
        var problems = new List<string>();
        var known = supergraph.Sources.Select(source => source.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        problems.AddRange(options.Subgraphs.Named.Keys.Where(name => !known.Contains(name))
            .Select(name => $"Gateway:Subgraphs:{name}: The supergraph has no source of that name. It has: {string.Join(", ", known.Order(StringComparer.Ordinal))}."));

        var labels = supergraph.OverrideLabels.ToList();
        var has = labels.Count == 0 ? "It has none." : $"It has: {string.Join(", ", labels)}.";
        problems.AddRange(options.OverrideLabels.Keys.Except(labels, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(label => $"Gateway:OverrideLabels: The supergraph has no override with the label '{label}'. {has}"));

        var sources = new List<SourceEndpoint>();
        foreach (var source in supergraph.Sources)
        {
            if ((options.Subgraphs.For(source.Name).Url ?? source.Url) is { IsAbsoluteUri: true, Scheme: "http" or "https" } url)
            {
                sources.Add(new SourceEndpoint(source.Name, url));
            }
            else
            {
                problems.Add($"Gateway:Subgraphs:{source.Name}:Url: is missing, and the supergraph does not tell where {source.Name} answers. "
                    + $"Set it: --Gateway:Subgraphs:{source.Name}:Url=http://...");
            }
        }

        return problems.Count == 0 ? new LoadedSupergraph(supergraph, [.. sources], []) : Failed([.. problems]);
    }

    private static LoadedSupergraph Failed(ImmutableArray<string> problems) => new(null, [], problems);

    private static string Describe(string file, GraphQLError error)
    {
        var place = error.Locations.IsEmpty ? "" : $":{error.Locations[0].Line}:{error.Locations[0].Column}";
        return $"{file}{place}: {error.Message}";
    }
}
