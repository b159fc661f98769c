using System.Collections.Immutable;

namespace GraphGateway.Composition;

/// <summary>
/// The rules that the merged schema must keep
/// (<see href="https://graphql.github.io/composite-schemas-spec/draft/#sec-Post-Merge-Validation">Composite Schemas, Post Merge
/// Validation</see>); this is the table of contents.
/// </summary>
internal static class PostMergeRules
{
    private static readonly ImmutableArray<Action<MergedSchema, ProblemSink>> All =
    [
        EmptyTypeRules.NoQueries,
        EmptyTypeRules.EmptyMergedTypes,
        ReferenceRules.ReferenceToInternalType,
        ReferenceRules.ReferenceToInaccessibleType,
        FeatureTypeRules.ReferenceToFeatureType,
        InterfaceRules.ImplementedByInaccessible,
        InterfaceRules.InterfaceFieldNoImplementation,
        HiddenInputRules.NonNullInputFieldIsInaccessible,
        HiddenInputRules.EnumTypeDefaultValueInaccessible,
        InaccessibleRules.RequiredArguments,
        ApolloPostMergeRules.DefaultsFit,
        MapRules.IsInvalidFields,
        MapRules.RequireInvalidFields,
        ApolloPostMergeRules.RequiresInvalidFields,
        AccessRules.MissingTransitiveAuthRequirements,
    ];

    internal static void Check(MergedSchema merged, ProblemSink problems)
    {
        if (merged.Sources.Models.All(model => model.IsApollo))
        {
            ApolloPostMergeRules.Check(merged, problems);
            return;
        }

        ProblemSink.ForEach(All, (rule, _, own) => rule(merged, own), problems);
    }
}
