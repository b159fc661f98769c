using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>A definition or extension and the text it stands in.</summary>
internal readonly record struct SourcedDefinition(SourceText Source, TypeSystemNode Node)
{
    internal SyntaxOrigin Origin => new(Source, Node);

    internal Place At(int offset) => new(Source, offset);
}

/// <summary>A byte offset in a text.</summary>
internal readonly record struct Place(SourceText Source, int Offset)
{
    internal SourceLocation Location => Source.LocationOf(Offset);
}

/// <summary>All that is said about one type name: its definition, if any, and its extensions in document order.</summary>
internal sealed class TypeEntry(string name)
{
    internal string Name { get; } = name;

    /// <summary>Where the type stands among the others: where it is defined, or first extended when it is nowhere defined.</summary>
    internal int Rank { get; set; }

    internal SourcedDefinition? Definition { get; set; }

    internal List<SourcedDefinition> Extensions { get; } = [];

    internal IReadOnlyList<SourcedDefinition> Parts =>
        Definition is not { } definition ? Extensions : Extensions.Count == 0 ? [definition] : [definition, .. Extensions];
}

/// <summary>
/// The definitions of all documents, sorted by what they are about. Of the prelude only those are taken whose name the documents do not
/// define; of the built-in directives likewise.
/// </summary>
internal sealed class DefinitionSet
{
    private int rank;

    private DefinitionSet(ImmutableArray<SourcedDefinition> own) => Own = own;

    /// <summary>What the documents say, in their order: what the SDL rules check.</summary>
    internal ImmutableArray<SourcedDefinition> Own { get; }

    /// <summary>By name, in the order of <see cref="TypeEntry.Rank"/>; the prelude's after the documents'.</summary>
    internal OrderedDictionary<string, TypeEntry> Types { get; private set; } = new(StringComparer.Ordinal);

    /// <summary>By name: the documents', then the prelude's, then the specified ones.</summary>
    internal OrderedDictionary<string, SourcedDefinition> Directives { get; } = new(StringComparer.Ordinal);

    /// <summary>The schema definition.</summary>
    internal SourcedDefinition? SchemaDefinition { get; private set; }

    /// <summary>The schema extensions.</summary>
    internal List<SourcedDefinition> SchemaExtensions { get; } = [];

    internal static DefinitionSet Collect(ImmutableArray<DocumentNode> documents, DocumentNode? prelude)
    {
        var set = new DefinitionSet([.. documents.SelectMany(DefinitionsOf)]);
        foreach (var definition in set.Own)
        {
            set.Add(definition, replaces: true);
        }

        foreach (var definition in prelude is null ? [] : DefinitionsOf(prelude))
        {
            if (definition.Node is not TypeDefinitionNode type || set.Types.GetValueOrDefault(type.Name.Value)?.Definition is null)
            {
                set.Add(definition, replaces: false);
            }
        }

        set.Types = new(set.Types.OrderBy(static entry => entry.Value.Rank), StringComparer.Ordinal);
        foreach (var directive in BuiltInDefinitions.Directives)
        {
            set.Add(directive, replaces: false);
        }

        return set;
    }

    private static IEnumerable<SourcedDefinition> DefinitionsOf(DocumentNode document) =>
        document.Definitions.OfType<TypeSystemNode>().Select(node => new SourcedDefinition(document.Source, node));

    // Where the documents define a name twice the last stands, as with graphql-js; the rules report it.
    private void Add(SourcedDefinition definition, bool replaces)
    {
        switch (definition.Node)
        {
            case SchemaDefinitionNode { IsExtension: true }:
                SchemaExtensions.Add(definition);
                break;
            case SchemaDefinitionNode:
                SchemaDefinition ??= definition;
                break;
            case DirectiveDefinitionNode directive when replaces:
                Directives[directive.Name.Value] = definition;
                break;
            case DirectiveDefinitionNode directive:
                Directives.TryAdd(directive.Name.Value, definition);
                break;
            case TypeDefinitionNode type when Types.TryGetValue(type.Name.Value, out var entry):
                AddTo(entry, definition, replaces);
                break;
            case TypeDefinitionNode type:
                var created = new TypeEntry(type.Name.Value) { Rank = ++rank };
                AddTo(created, definition, replaces);
                Types.Add(type.Name.Value, created);
                break;
        }
    }

    private void AddTo(TypeEntry entry, SourcedDefinition part, bool replaces)
    {
        if (part.Node.IsExtension)
        {
            entry.Extensions.Add(part);
        }
        else if (replaces || entry.Definition is null)
        {
            entry.Rank = entry.Definition is null ? ++rank : entry.Rank;
            entry.Definition = part;
        }
    }
}
