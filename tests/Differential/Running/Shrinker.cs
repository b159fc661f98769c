using System.Text.RegularExpressions;
using GraphGateway.Language;

namespace GraphGateway.Differential;

/// <summary>Makes a mismatch small: first the request, then the sources, as long as the same thing goes wrong.</summary>
internal sealed partial class Shrinker(World world, string kind, Func<Federation, ClientRequest, Task<Outcome>> runAsync)
{
    private int attempts = 1_500;

    public async Task<ClientRequest> ShrinkAsync(ClientRequest request)
    {
        request = await ShrinkRequestAsync(request);
        await ShrinkSourcesAsync(request);
        return request;
    }

    private async Task<ClientRequest> ShrinkRequestAsync(ClientRequest request)
    {
        if (Federation.Compose(world).Federation is not { } federation)
        {
            return request;
        }

        for (var isSmaller = true; isSmaller;)
        {
            isSmaller = false;
            foreach (var smaller in Smaller(request))
            {
                if (attempts-- > 0 && await FailsAsync(federation, smaller))
                {
                    request = smaller;
                    isSmaller = true;
                    break;
                }
            }
        }

        return request;
    }

    private async Task<bool> FailsAsync(Federation federation, ClientRequest request) =>
        Same((await runAsync(federation, request)).Kind);

    private bool Same(string other) => other.Split(" fields ")[0] == kind.Split(" fields ")[0];

    private static IEnumerable<ClientRequest> Smaller(ClientRequest request)
    {
        if (Parser.ParseDocument(new SourceText(request.Query)).Value is not { } document)
        {
            yield break;
        }

        foreach (var node in document.Definitions.SelectMany(Nodes))
        {
            var (start, end) = (node.Start, node.End);
            yield return Clean(request, request.Query[..start] + request.Query[end..]);
            if (node is InlineFragmentNode fragment)
            {
                yield return Clean(request, request.Query[..start] + request.Query[(fragment.SelectionSet.Start + 1)..(fragment.SelectionSet.End - 1)] + request.Query[end..]);
            }

            foreach (var directive in node.Directives)
            {
                yield return Clean(request, request.Query[..directive.Start] + request.Query[directive.End..]);
            }
        }
    }

    private static IEnumerable<SelectionNode> Nodes(DefinitionNode definition) => definition switch
    {
        OperationDefinitionNode operation => Nodes(operation.SelectionSet),
        FragmentDefinitionNode fragment => Nodes(fragment.SelectionSet),
        _ => [],
    };

    private static IEnumerable<SelectionNode> Nodes(SelectionSetNode set) => set.Selections.SelectMany(selection => selection switch
    {
        FieldNode { SelectionSet: { } below } => Nodes(below).Prepend(selection),
        InlineFragmentNode fragment => Nodes(fragment.SelectionSet).Prepend(selection),
        _ => [selection],
    });

    // What nothing uses any more makes a document invalid.
    private static ClientRequest Clean(ClientRequest request, string query)
    {
        foreach (var line in query.Split('\n').Where(line => line.StartsWith("fragment ", StringComparison.Ordinal)))
        {
            if (!query.Contains("..." + line.Split(' ')[1], StringComparison.Ordinal))
            {
                query = query.Replace("\n" + line, "", StringComparison.Ordinal);
            }
        }

        foreach (Match definition in VariableDefinition().Matches(query))
        {
            if (Regex.Count(query, Regex.Escape(definition.Groups[1].Value) + "\\b") == 1)
            {
                query = query.Replace(definition.Value, "", StringComparison.Ordinal);
            }
        }

        return request with { Query = query.Replace("(, ", "(", StringComparison.Ordinal).Replace("()", "", StringComparison.Ordinal) };
    }

    [GeneratedRegex(@",?\s*(\$[vc]\d+): [^$)]*?(?=, \$|\) \{)")]
    private static partial Regex VariableDefinition();

    private async Task ShrinkSourcesAsync(ClientRequest request)
    {
        foreach (var source in world.Sources)
        {
            foreach (var type in source.Types.Values)
            {
                foreach (var (name, field) in type.Fields.ToList())
                {
                    var all = type.Fields.ToList();
                    type.Fields.Remove(name);
                    if (attempts-- < 0 || !await StillFailsAsync(request))
                    {
                        type.Fields.Clear();
                        all.ForEach(entry => type.Fields.Add(entry.Key, entry.Value));
                    }
                }
            }
        }
    }

    private async Task<bool> StillFailsAsync(ClientRequest request)
    {
        try
        {
            return Federation.Compose(world).Federation is { } federation && await FailsAsync(federation, request);
        }
        catch (InvalidOperationException)
        {
            // Without the field the world's servers cannot be built: it stays.
            return false;
        }
    }
}
