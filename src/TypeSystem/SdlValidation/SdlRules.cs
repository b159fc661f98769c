using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>
/// The rules that a document of definitions must keep before a schema can be built of it. Messages and locations are graphql-js's
/// (its <c>specifiedSDLRules</c>); this is the table of contents.
/// </summary>
internal static class SdlRules
{
    private static readonly ImmutableArray<Action<SdlContext>> All =
    [
        UniqueDefinitions.LoneSchemaDefinition,
        UniqueDefinitions.UniqueOperationTypes,
        UniqueDefinitions.UniqueTypeNames,
        UniqueDefinitions.UniqueDirectiveNames,
        UniqueMembers.UniqueEnumValueNames,
        UniqueMembers.UniqueFieldDefinitionNames,
        UniqueMembers.UniqueArgumentDefinitionNames,
        KnownTypes.KnownTypeNames,
        KnownTypes.PossibleTypeExtensions,
        DirectiveUses.KnownDirectives,
        DirectiveUses.UniqueDirectivesPerLocation,
        DirectiveArguments.KnownArgumentNames,
        DirectiveArguments.UniqueArgumentNames,
        DirectiveArguments.ProvidedRequiredArguments,
        DirectiveArguments.UniqueInputFieldNames,
    ];

    /// <summary>All that is wrong, rule by rule; empty when nothing is.</summary>
    internal static ImmutableArray<GraphQLError> Check(DefinitionSet definitions, SchemaBuilderOptions options)
    {
        var context = new SdlContext(definitions, options);
        foreach (var rule in All)
        {
            rule(context);
        }

        return [.. context.Errors];
    }
}
