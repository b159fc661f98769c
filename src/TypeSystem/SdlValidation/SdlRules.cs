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
        UniqueMembers.UniqueEnumValueNames,
        UniqueMembers.UniqueFieldDefinitionNames,
        UniqueMembers.UniqueArgumentDefinitionNames,
        UniqueDefinitions.UniqueDirectiveNames,
        KnownTypes.KnownTypeNames,
        DirectiveUses.KnownDirectives,
        DirectiveUses.UniqueDirectivesPerLocation,
        KnownTypes.PossibleTypeExtensions,
        DirectiveArguments.KnownArgumentNames,
        DirectiveArguments.UniqueArgumentNames,
        DirectiveArguments.UniqueInputFieldNames,
        DirectiveArguments.ProvidedRequiredArguments,
    ];

    /// <summary>All that is wrong, in document order; empty when nothing is.</summary>
    internal static ImmutableArray<GraphQLError> Check(DefinitionSet definitions, SchemaBuilderOptions options)
    {
        var context = new SdlContext(definitions, options);
        for (var rank = 0; rank < All.Length; rank++)
        {
            context.Begin(rank);
            All[rank](context);
        }

        return context.Errors();
    }
}
