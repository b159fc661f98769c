using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.Composition;

/// <summary>Where the sources define what a schema coordinate of the composed schema names.</summary>
public sealed class SourcePlaces
{
    private readonly Dictionary<string, List<ProblemPlace>> byCoordinate = new(StringComparer.Ordinal);

    private readonly Dictionary<string, ProblemPlace> bySource = new(StringComparer.Ordinal);

    private SourcePlaces()
    {
    }

    /// <summary>Reads the sources' documents; one that does not parse has no places.</summary>
    public static SourcePlaces Of(ImmutableArray<SourceInput> sources)
    {
        var places = new SourcePlaces();
        foreach (var source in sources)
        {
            places.bySource[source.Name] = new Place(source.Name, source.Documents[0], 0).ToProblemPlace();
            ImmutableArray<DocumentNode> documents =
                [.. source.Documents.Select(text => Parser.ParseDocument(text, ParserOptions.Schema).Value).OfType<DocumentNode>()];
            var roots = RootNames(documents);
            foreach (var document in documents)
            {
                foreach (var definition in document.Definitions)
                {
                    places.Add(source.Name, document.Source, definition, roots);
                }
            }
        }

        return places;
    }

    /// <summary>
    /// The places of a coordinate such as <c>Rose.color(dark:)</c>; when no source has it (because it was removed), those of what it
    /// belonged to.
    /// </summary>
    public ImmutableArray<ProblemPlace> Find(string coordinate)
    {
        ArgumentNullException.ThrowIfNull(coordinate);
        for (var at = coordinate; at.Length > 0; at = Parent(at))
        {
            if (byCoordinate.TryGetValue(at, out var places))
            {
                return [.. places];
            }
        }

        return [];
    }

    /// <summary>The places of a coordinate; empty when no source has it.</summary>
    internal ImmutableArray<ProblemPlace> FindExactly(string coordinate) => byCoordinate.TryGetValue(coordinate, out var places) ? [.. places] : [];

    /// <summary>The beginning of a source's first text; empty when there is no source of that name.</summary>
    public ImmutableArray<ProblemPlace> OfSource(string name) => bySource.TryGetValue(name, out var place) ? [place] : [];

    private static string Parent(string coordinate)
    {
        var end = coordinate.IndexOf('(', StringComparison.Ordinal);
        end = end >= 0 ? end : coordinate.IndexOf('.', StringComparison.Ordinal);
        return end < 0 ? "" : coordinate[..end];
    }

    // What a source calls its root types is not what the composed schema calls them.
    private static Dictionary<string, string> RootNames(ImmutableArray<DocumentNode> documents) => documents
        .SelectMany(document => document.Definitions.OfType<SchemaDefinitionNode>())
        .SelectMany(schema => schema.OperationTypes)
        .GroupBy(root => root.Type.Name.Value)
        .ToDictionary(
            roots => roots.Key,
            roots => roots.First().Operation switch
            {
                OperationType.Mutation => "Mutation",
                OperationType.Subscription => "Subscription",
                _ => "Query",
            },
            StringComparer.Ordinal);

    private void Add(string source, SourceText text, DefinitionNode definition, Dictionary<string, string> roots)
    {
        if (definition is DirectiveDefinitionNode directive)
        {
            Add(source, text, "@" + directive.Name.Value, directive.Name);
            Add(source, text, "@" + directive.Name.Value, directive.Arguments);
        }

        if (definition is not TypeDefinitionNode type)
        {
            return;
        }

        var name = roots.GetValueOrDefault(type.Name.Value, type.Name.Value);
        Add(source, text, name, type.Name);
        var fields = type switch
        {
            ObjectTypeDefinitionNode @object => @object.Fields,
            InterfaceTypeDefinitionNode @interface => @interface.Fields,
            _ => [],
        };
        foreach (var field in fields)
        {
            Add(source, text, $"{name}.{field.Name}", field.Name);
            Add(source, text, $"{name}.{field.Name}", field.Arguments);
        }

        foreach (var field in (type as InputObjectTypeDefinitionNode)?.Fields ?? [])
        {
            Add(source, text, $"{name}.{field.Name}", field.Name);
        }

        foreach (var value in (type as EnumTypeDefinitionNode)?.Values ?? [])
        {
            Add(source, text, $"{name}.{value.Name}", value.Name);
        }
    }

    private void Add(string source, SourceText text, string parent, ImmutableArray<InputValueDefinitionNode> arguments)
    {
        foreach (var argument in arguments)
        {
            Add(source, text, $"{parent}({argument.Name}:)", argument.Name);
        }
    }

    private void Add(string source, SourceText text, string coordinate, NameNode name)
    {
        if (!byCoordinate.TryGetValue(coordinate, out var places))
        {
            byCoordinate.Add(coordinate, places = []);
        }

        places.Add(new Place(source, text, name.Start).ToProblemPlace());
    }
}
