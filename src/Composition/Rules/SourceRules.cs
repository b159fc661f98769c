using System.Collections.Immutable;

namespace GraphGateway.Composition;

/// <summary>
/// The rules that a source must keep on its own
/// (<see href="https://graphql.github.io/composite-schemas-spec/draft/#sec-Validate-Source-Schemas">Composite Schemas, Validate Source
/// Schemas</see>); this is the table of contents. INVALID_GRAPHQL, DISALLOWED_INACCESSIBLE and TYPE_DEFINITION_INVALID come before,
/// while the source is read.
/// </summary>
internal static class SourceRules
{
    private static readonly ImmutableArray<Action<SourceModel, ProblemSink>> Composite =
    [
        RootTypeRules.QueryRootTypeInaccessible,
        RootTypeRules.RootTypesUsed,
        ExternalRules.ExternalUnused,
        ExternalRules.ExternalCollisions,
        ExternalRules.ExternalOnInterface,
        IsRules.IsInvalidUsage,
        IsRules.IsInvalidFieldTypeOrSyntax,
        KeyRules.TooManyKeysInherited,
        KeyRules.KeyInvalidFieldsTypeOrSyntax,
        KeyRules.KeyDirectiveInFieldsArgument,
        KeyRules.KeyInvalidFields,
        KeyRules.KeyFieldsSelectInvalidType,
        KeyRules.KeyInvalidArguments,
        LookupRules.LookupMustHaveArguments,
        LookupRules.LookupReturnsList,
        LookupRules.LookupReturnsNonNullableType,
        LookupRules.LookupReturnsNonCompositeType,
        LookupRules.LookupNotReachable,
        LookupRules.LookupHasTooManyWays,
        LookupRules.LookupsEnterTooMany,
        OverrideRules.OverrideFromSelf,
        OverrideRules.OverrideOnInterface,
        ProvidesRules.ProvidesOnNonCompositeField,
        ProvidesRules.ProvidesInvalidFieldsTypeOrSyntax,
        ProvidesRules.ProvidesDirectiveInFieldsArgument,
        ProvidesRules.ProvidesInvalidFields,
        ProvidesRules.ProvidesFieldsHasArguments,
        ProvidesRules.ProvidesFieldsMissingExternal,
        RequireRules.RequireInvalidFieldTypeOrSyntax,
        ShareableRules.InvalidShareableUsage,
    ];

    internal static void Check(IEnumerable<SourceModel> models, ProblemSink problems)
    {
        ProblemSink.ForEach([.. models], (model, _, own) => Check(model, own), problems);
    }

    private static void Check(SourceModel model, ProblemSink problems)
    {
        foreach (var rule in model.IsApollo ? ApolloSourceRules.All : Composite)
        {
            problems.Cancellation.ThrowIfCancellationRequested();
            rule(model, problems);
        }
    }
}
