using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>
/// The rules that the types of a schema must keep (Spec §3, the "Type Validation" sections). Messages and locations are graphql-js's
/// (<c>validateSchema</c>); this is the table of contents.
/// </summary>
internal static class SchemaRules
{
    private static readonly ImmutableArray<Action<SchemaRuleContext>> OfSchema =
    [
        RootTypeRules.Check,
        DirectiveDefinitionRules.Check,
    ];

    private static readonly ImmutableArray<Action<SchemaRuleContext, NamedType>> OfType =
    [
        NameRules.CheckType,
        FieldRules.Check,
        InterfaceRules.Check,
        UnionRules.Check,
        EnumRules.Check,
        InputObjectRules.Check,
    ];

    // What graphql-js 16 does not check comes last, so that the rest stands in its order.
    private static readonly ImmutableArray<Action<SchemaRuleContext>> SinceSeptember2025 =
    [
        RootTypeRules.CheckDistinct,
        DirectiveCycles.Check,
        InterfaceRules.CheckDeprecations,
        InputObjectRules.CheckExtensions,
        DefaultValueRules.Check,
        DirectiveValueRules.CheckOthers,
    ];

    /// <summary>All that is wrong: the schema's own rules first, then type by type.</summary>
    internal static ImmutableArray<GraphQLError> Check(Schema schema, SchemaBuilderOptions options)
    {
        var context = new SchemaRuleContext(schema, options);
        foreach (var rule in OfSchema)
        {
            rule(context);
        }

        var cycles = new InputObjectCycles(context);
        foreach (var type in schema.Types.Where(static type => !type.IsBuiltIn))
        {
            // An interface of many fields with many objects can have an error for each of one in each of the others: no more are told than there are.
            if (context.IsFull)
            {
                return SchemaErrors.Capped(context.Errors);
            }

            options.BetweenParts?.Invoke();
            foreach (var rule in OfType)
            {
                rule(context, type);
            }

            cycles.Check(type);
        }

        foreach (var rule in options.AllowLegacySchemas ? [] : SinceSeptember2025)
        {
            rule(context);
        }

        // Of the same edition, but never passed over: coercing such a default would not end, and such a reason would be lost.
        InputDefaultCycles.Check(context);
        DirectiveValueRules.CheckBuiltIn(context);

        return SchemaErrors.Capped(context.Errors);
    }
}

/// <summary>What the schema rules read, and where they report.</summary>
internal sealed class SchemaRuleContext(Schema schema, SchemaBuilderOptions options)
{
    internal Schema Schema { get; } = schema;

    internal SchemaBuilderOptions Options { get; } = options;

    internal List<GraphQLError> Errors { get; } = [];

    /// <summary>True when there are more errors than are told.</summary>
    internal bool IsFull => Errors.Count > SchemaErrors.CountMax;

    internal void Report(string message, params ReadOnlySpan<Place> places)
    {
        if (!IsFull)
        {
            Errors.Add(SchemaErrors.At(message, places));
        }
    }

    /// <summary>Reports at every definition and extension of the type.</summary>
    internal void ReportAtType(string message, NamedType type) => Report(message, [.. Places.OfType(type)]);
}

/// <summary>Where the parts of a schema stand. Built-in parts stand nowhere.</summary>
internal static class Places
{
    internal static IEnumerable<Place> OfType(NamedType type) => type.Origins.Select(Of);

    internal static Place Of(SyntaxOrigin origin) => new(origin.Source, origin.Node.Start);

    internal static Place[] Of(SyntaxOrigin? origin) => origin is { } known ? [Of(known)] : [];

    /// <summary>The type reference of a field or input value.</summary>
    internal static Place[] OfTypeReference(SyntaxOrigin? origin) => origin switch
    {
        { Source: var source, Node: FieldDefinitionNode field } => [new Place(source, field.Type.Start)],
        { Source: var source, Node: InputValueDefinitionNode value } => [new Place(source, value.Type.Start)],
        _ => [],
    };

    /// <summary>The applied <c>@deprecated</c>.</summary>
    internal static Place[] OfDeprecated(InputValueDefinition value) => OfDeprecated(value.Origin, value.Directives);

    /// <summary>The applied <c>@deprecated</c>.</summary>
    internal static Place[] OfDeprecated(FieldDefinition field) => OfDeprecated(field.Origin, field.Directives);

    private static Place[] OfDeprecated(SyntaxOrigin? origin, ImmutableArray<DirectiveNode> directives) =>
        origin is { } known && Directives.Find(directives, "deprecated") is { } directive
            ? [new Place(known.Source, directive.Start)]
            : [];
}
