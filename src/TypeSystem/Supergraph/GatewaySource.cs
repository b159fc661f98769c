using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>
/// The gateway as a source of its own graph: global object identification
/// (<see href="https://relay.dev/graphql/objectidentification.htm">GraphQL Global Object Identification</see>). It has
/// <c>Query.node(id:)</c>, <c>Query.nodes(ids:)</c> and, of every object that can be fetched by its global id, the type and the <c>id</c>,
/// for it reads the type from the id. It does not know whether there is such an object: a lookup by the id decides that.
/// </summary>
public static class GatewaySource
{
    /// <summary>The name of the interface whose objects have a global id.</summary>
    public const string Interface = "Node";

    /// <summary>The field that is the global id.</summary>
    public const string IdField = "id";

    /// <summary>The field for one object.</summary>
    public const string OneField = "node";

    /// <summary>The field for several objects.</summary>
    public const string ManyField = "nodes";

    /// <summary>True for <c>node(id: ID!): Node</c> and <c>nodes(ids: [ID!]!): [Node]!</c>, whose list may be nullable.</summary>
    public static bool IsForm(FieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.Arguments is [{ DefaultValue: null } argument] && field.Type.Named is InterfaceType { Name: Interface } returned
            && returned.FindField(IdField) is { Arguments.IsEmpty: true } id && id.Type.ToString() == "ID!"
            && IsForm(field.Name, argument.Name, argument.Type.ToString()!, field.Type.ToString()!);
    }

    /// <summary>The form of the field, for messages.</summary>
    public static string FormOf(string name) => name == OneField ? $"{OneField}(id: ID!): {Interface}" : $"{ManyField}(ids: [ID!]!): [{Interface}]!";

    /// <summary>The same of a field as it is written, apart from what the interface has.</summary>
    internal static bool IsForm(FieldDefinitionNode field) => field.Arguments is [{ DefaultValue: null } argument]
        && IsForm(field.Name.Value, argument.Name.Value, argument.Type.ToString()!, field.Type.ToString()!);

    private static bool IsForm(string name, string argument, string argumentType, string type) => name switch
    {
        OneField => argument == "id" && argumentType == "ID!" && type == Interface,
        ManyField => argument == "ids" && argumentType == "[ID!]!" && type is $"[{Interface}]" or $"[{Interface}]!",
        _ => false,
    };

    /// <summary>
    /// True when a lookup finds an object by its global id and says whether it is there: by the <c>id</c> alone, and one that clients may
    /// use. An internal one may make an object of any id.
    /// </summary>
    public static bool Decides(Lookup lookup)
    {
        ArgumentNullException.ThrowIfNull(lookup);
        return !lookup.IsInternal && lookup.Key.Selections is [FieldNode { Name.Value: IdField, Arguments.IsEmpty: true, SelectionSet: null }];
    }

    /// <summary>The lookups that decide whether an object of the type is there (<see cref="Decides(Lookup)"/>); not those of an <c>@interfaceObject</c>, which knows no type.</summary>
    public static IEnumerable<Lookup> DecidingLookups(SupergraphType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.Lookups.Where(lookup => Decides(lookup) && type.In(lookup.Source) is { IsInterfaceObject: false });
    }

    /// <summary>The objects that clients see as nodes, by whether a lookup finds them.</summary>
    public static IEnumerable<(SupergraphType Type, bool IsFound)> Nodes(Supergraph supergraph)
    {
        ArgumentNullException.ThrowIfNull(supergraph);
        return
            from type in supergraph.Types
            where supergraph.PublicSchema.FindType(type.Name) is ObjectType seen && seen.Interfaces.Any(@interface => @interface.Name == Interface)
            select (type, DecidingLookups(type).Any());
    }

    /// <inheritdoc cref="Supergraph.WithGateway"/>
    internal static Supergraph Add(Supergraph supergraph)
    {
        if (supergraph.Sources is [.., { IsGateway: true }] || supergraph.FullSchema.QueryType is not { } query || supergraph.FindType(query.Name)!.Fields.All(field => !field.IsGateways))
        {
            return supergraph;
        }

        var name = "the gateway";
        while (supergraph.FindSource(name) is not null)
        {
            name += " itself";
        }

        var source = new SourceSchema { Ordinal = supergraph.Sources.Length, Name = name, Dialect = SourceDialect.Composite, IsGateway = true };
        ImmutableArray<string> nodes = [.. Nodes(supergraph).Where(node => node.IsFound).Select(node => node.Type.Name)];
        var found = nodes.ToHashSet(StringComparer.Ordinal);
        return new Supergraph(
            supergraph.FullSchema, supergraph.PublicSchema, supergraph.Sources.Add(source),
            [
                .. supergraph.Types.Select(type =>
                    type.Type == query ? With(type, new TypeInSource { Source = source }, field => field.IsGateways)
                    : type.Name == Interface ? With(type, new TypeInSource { Source = source, PossibleTypes = nodes }, IsId)
                    : found.Contains(type.Name) ? With(type, new TypeInSource { Source = source, Interfaces = [Interface] }, IsId)
                    : type),
            ])
        {
            IsChecked = supergraph.IsChecked,
            LinkedDirectives = supergraph.LinkedDirectives,
        };
    }

    private static bool IsId(SupergraphField field) => field.Name == IdField;

    private static SupergraphType With(SupergraphType type, TypeInSource inSource, Predicate<SupergraphField> isThere) => new(
        type.Type,
        type.Sources.Add(inSource),
        [.. type.Fields.Select(field => isThere(field) ? field with { Sources = field.Sources.Add(FieldIn(field, inSource.Source)) } : field)],
        type.Lookups);

    private static FieldInSource FieldIn(SupergraphField field, SourceSchema source) => new()
    {
        Source = source,
        Type = Syntax.Type(field.Field.Type),
        Arguments = [.. field.Field.Arguments.Select(argument => argument.Name)],
    };
}
