using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>Puts filled types and directives together to a schema.</summary>
internal static class SchemaAssembly
{
    internal static Schema Assemble(DefinitionSet definitions, TypeDeclarations declarations, ImmutableArray<DirectiveDefinition> directives)
    {
        var schemaField = MetaFieldOfSchema(declarations);
        var typeField = MetaFieldOfType(declarations);
        ImmutableArray<NamedType> types =
        [
            .. declarations.Own.Select(static own => own.Type),
            .. SpecifiedScalars.All.Where(declarations.UsedScalars.Contains),
            .. declarations.Introspection.Select(static builtIn => builtIn.Type),
        ];
        var schemaParts = definitions.SchemaDefinition is { } definition
            ? definitions.SchemaExtensions.Prepend(definition)
            : definitions.SchemaExtensions;
        var schema = new Schema(
            types.ToDictionary(static type => type.Name, StringComparer.Ordinal),
            directives.ToDictionary(static directive => directive.Name, StringComparer.Ordinal))
        {
            Description = definitions.SchemaDefinition?.Node.Description?.Value,
            Directives = [.. schemaParts.SelectMany(static part => part.Node.Directives)],
            Origins = [.. schemaParts.Select(static part => part.Origin)],
            Types = types,
            ObjectTypes = NumberObjectTypes(types),
            DirectiveDefinitions = directives,
            SchemaField = schemaField,
            TypeField = typeField,
        };
        FillPossibleTypes(schema);
        schema.QueryType = RootTypes.Find(schema, OperationType.Query)?.Type as ObjectType;
        schema.MutationType = RootTypes.Find(schema, OperationType.Mutation)?.Type as ObjectType;
        schema.SubscriptionType = RootTypes.Find(schema, OperationType.Subscription)?.Type as ObjectType;
        return schema;
    }

    private static FieldDefinition MetaFieldOfSchema(TypeDeclarations declarations) => MemberBuilder.MetaField(
        "__schema",
        "Access the current type schema of this server.",
        new NonNullType(declarations.Find("__Schema")!));

    private static FieldDefinition MetaFieldOfType(TypeDeclarations declarations) => MemberBuilder.MetaField(
        "__type",
        "Request the type information of a single type.",
        declarations.Find("__Type")!,
        new InputValueDefinition("name") { Type = new NonNullType(SpecifiedScalars.String) });

    private static ImmutableArray<ObjectType> NumberObjectTypes(ImmutableArray<NamedType> types)
    {
        ImmutableArray<ObjectType> objectTypes = [.. types.OfType<ObjectType>()];
        for (var ordinal = 0; ordinal < objectTypes.Length; ordinal++)
        {
            objectTypes[ordinal].Ordinal = ordinal;
        }

        return objectTypes;
    }

    private static void FillPossibleTypes(Schema schema)
    {
        var implementations = new Dictionary<InterfaceType, List<ObjectType>>();
        foreach (var type in schema.ObjectTypes)
        {
            type.PossibleTypes = TypeSet.Of(type);
            foreach (var @interface in type.Interfaces)
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(implementations, @interface, out _) ??= []).Add(type);
            }
        }

        foreach (var (@interface, types) in implementations)
        {
            @interface.PossibleTypes = TypeSet.Of(types);
        }

        foreach (var union in schema.Types.OfType<UnionType>())
        {
            union.PossibleTypes = TypeSet.Of(union.Members);
        }
    }
}

/// <summary>Which type is the root of an operation (<see href="https://spec.graphql.org/September2025/#sec-Root-Operation-Types">Spec §3.3.1</see>).</summary>
internal static class RootTypes
{
    /// <summary>The type and, when a schema definition or extension names it, where; null when there is none. It may not be an object type: the rules check that.</summary>
    internal static (NamedType Type, Place? NamedAt)? Find(Schema schema, OperationType operation)
    {
        foreach (var origin in schema.Origins)
        {
            foreach (var root in ((SchemaDefinitionNode)origin.Node).OperationTypes)
            {
                // A specified scalar is in the schema only where a field is of it.
                var name = root.Type.Name.Value;
                if (root.Operation == operation && (schema.FindType(name) ?? SpecifiedScalars.Find(name)) is { } named)
                {
                    return (named, new Place(origin.Source, root.Type.Start));
                }
            }
        }

        var hasDefinition = schema.Origins.Any(static origin => origin.Node is SchemaDefinitionNode { IsExtension: false });
        var byName = hasDefinition ? null : schema.FindType(OperationTypes.DefaultRootName(operation));
        return byName is null ? null : (byName, null);
    }
}
