using System.Collections.Immutable;
using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>
/// The rules for what only Apollo's sources share, before it is merged; this is the table of contents. What merging itself finds
/// (types, arguments, defaults, enum values) is reported by <see cref="ApolloFieldMerger"/> and <see cref="ApolloTypeMerger"/>.
/// </summary>
internal static class ApolloMergeRules
{
    internal static ImmutableArray<Action<SourceSet, ProblemSink>> All { get; } =
    [
        InterfaceObjectRules.HasInterface,
        InterfaceObjectRules.HasNoImplementations,
        InterfaceObjectRules.HasObjects,
        InterfaceObjectRules.InterfaceKeyMissingImplementationType,
        ExtensionWithNoBase,
        ApolloOverrides.Resolve,
        SharingRules.ShareableSubscription,
        SharingRules.InvalidFieldSharing,
        ExternalFieldRules.ExternalMissingOnBase,
        ExternalFieldRules.MergedDirectiveOnExternal,
    ];

    private static void ExtensionWithNoBase(SourceSet sources, ProblemSink problems)
    {
        foreach (var group in sources.Types.Values.Where(group =>
            group.IsApollo && group.Name is not ("Query" or "Mutation" or "Subscription")))
        {
            // of Federation 1's objects and interfaces, Federation1Upgrade has told already
            if (group.Sources.TrueForAll(type => type.IsOnlyExtended && !(type.Model.IsFederation1 && type.Definition is ComplexType)))
            {
                problems.Error(
                    ProblemCode.ExtensionWithNoBase,
                    $"{group.Name} is only extended, in {Words.And(group.Sources.Select(type => type.Model.Name))}, and no source defines it.",
                    $"Define {group.Name} in the source that it belongs to: leave \"extend\" away there.",
                    group.Places);
            }
        }
    }
}
