using System.Collections.Immutable;

namespace GraphGateway.Composition;

/// <summary>
/// Apollo's names for problems that both dialects have: teams that compose Apollo sources know these
/// (<see href="https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/errors">reference</see>).
/// </summary>
internal static class ApolloCodes
{
    private static readonly ImmutableDictionary<ProblemCode, ProblemCode> Names = new Dictionary<ProblemCode, ProblemCode>
    {
        [ProblemCode.KeyDirectiveInFieldsArgument] = ProblemCode.KeyDirectiveInFieldsArg,
        [ProblemCode.KeyInvalidSyntax] = ProblemCode.KeyInvalidFields,
        [ProblemCode.KeyInvalidArguments] = ProblemCode.KeyFieldsHasArgs,
        [ProblemCode.ProvidesDirectiveInFieldsArgument] = ProblemCode.ProvidesDirectiveInFieldsArg,
        [ProblemCode.ProvidesFieldsHasArguments] = ProblemCode.ProvidesFieldsHasArgs,
        [ProblemCode.ProvidesInvalidSyntax] = ProblemCode.ProvidesInvalidFields,
        [ProblemCode.ProvidesOnNonCompositeField] = ProblemCode.ProvidesOnNonObjectField,
        [ProblemCode.ExternalOverrideCollision] = ProblemCode.ExternalCollisionWithAnotherDirective,
        [ProblemCode.ExternalProvidesCollision] = ProblemCode.ExternalCollisionWithAnotherDirective,
        [ProblemCode.ExternalRequireCollision] = ProblemCode.ExternalCollisionWithAnotherDirective,
        [ProblemCode.OverrideFromSelf] = ProblemCode.OverrideFromSelfError,
        [ProblemCode.OutputFieldTypesNotMergeable] = ProblemCode.FieldTypeMismatch,
        [ProblemCode.InputFieldTypesNotMergeable] = ProblemCode.FieldTypeMismatch,
        [ProblemCode.FieldArgumentTypesNotMergeable] = ProblemCode.FieldArgumentTypeMismatch,
        [ProblemCode.FieldWithMissingRequiredArgument] = ProblemCode.RequiredArgumentMissingInSomeSubgraph,
        [ProblemCode.InputWithMissingRequiredFields] = ProblemCode.RequiredInputFieldMissingInSomeSubgraph,
        [ProblemCode.EnumValuesMismatch] = ProblemCode.EnumValueMismatch,
        [ProblemCode.EmptyMergedInputObjectType] = ProblemCode.EmptyMergedInputType,
        [ProblemCode.InterfaceFieldNoImplementation] = ProblemCode.InterfaceFieldNoImplem,
        [ProblemCode.ReferenceToInaccessibleType] = ProblemCode.ReferencedInaccessible,
        [ProblemCode.NonNullInputFieldIsInaccessible] = ProblemCode.RequiredInaccessible,
        [ProblemCode.EnumTypeDefaultValueInaccessible] = ProblemCode.DefaultValueUsesInaccessible,
        [ProblemCode.EmptyMergedObjectType] = ProblemCode.OnlyInaccessibleChildren,
        [ProblemCode.EmptyMergedInterfaceType] = ProblemCode.OnlyInaccessibleChildren,
        [ProblemCode.EmptyMergedUnionType] = ProblemCode.OnlyInaccessibleChildren,
        [ProblemCode.UnsatisfiableQueryPath] = ProblemCode.SatisfiabilityError,
    }.ToImmutableDictionary();

    /// <summary>The problems under the names that the teams involved know: Apollo's where all of them write Apollo's dialect.</summary>
    internal static ImmutableArray<CompositionProblem> Translate(
        ImmutableArray<CompositionProblem> problems, ImmutableArray<SourceInput> inputs)
    {
        if (!problems.Any(problem => Names.ContainsKey(problem.Code)))
        {
            return problems;
        }

        var apollo = inputs.Where(SourceReader.IsApollo).Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        bool IsApollos(CompositionProblem problem) => problem.Places.IsEmpty
            ? apollo.Count == inputs.Length
            : problem.Places.All(place => apollo.Contains(place.Source));

        return
        [
            .. problems.Select(problem => Names.TryGetValue(problem.Code, out var name) && IsApollos(problem)
                ? problem with { Code = name }
                : problem),
        ];
    }
}
