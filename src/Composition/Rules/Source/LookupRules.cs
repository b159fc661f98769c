using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>
/// LOOKUP_MUST_HAVE_ARGUMENTS, LOOKUP_RETURNS_LIST, LOOKUP_RETURNS_NON_NULLABLE_TYPE (§4.1.5); our own: LOOKUP_RETURNS_NON_COMPOSITE_TYPE, for
/// "Lookup fields may return object, interface, or union types" (§2, @lookup), LOOKUP_NOT_REACHABLE, and how many alternatives are taken.
/// </summary>
internal static class LookupRules
{
    internal static void LookupMustHaveArguments(SourceModel model, ProblemSink problems)
    {
        foreach (var field in Fields(model).Where(field => field.Definition.Arguments.IsEmpty))
        {
            problems.Error(
                ProblemCode.LookupMustHaveArguments,
                $"{field} has @lookup and no arguments: nothing tells it which {field.Definition.Type.Named} to find.",
                "Add an argument for each field of the key, or remove @lookup.",
                field.Place);
        }
    }

    internal static void LookupReturnsList(SourceModel model, ProblemSink problems)
    {
        foreach (var field in Fields(model).Where(field => field.Definition.Type.Nullable is ListType))
        {
            problems.Error(
                ProblemCode.LookupReturnsList,
                $"{field} has @lookup and returns a list ({field.Definition.Type}); a lookup finds one entity.",
                $"Return {field.Definition.Type.Named}, or remove @lookup. Several lookups travel in one request anyway.",
                field.Place);
        }
    }

    internal static void LookupReturnsNonNullableType(SourceModel model, ProblemSink problems)
    {
        foreach (var field in Fields(model).Where(field => field.Definition.Type is NonNullType { OfType: not ListType }))
        {
            problems.Warning(
                ProblemCode.LookupReturnsNonNullableType,
                $"{field} has @lookup and returns {field.Definition.Type}; for an entity that {model.Name} does not know it could only fail.",
                $"Return {field.Definition.Type.Nullable}, so that an unknown entity is null.",
                field.Place);
        }
    }

    internal static void LookupReturnsNonCompositeType(SourceModel model, ProblemSink problems)
    {
        foreach (var field in model.Lookups.Where(lookup => lookup.ReturnType is null).Select(lookup => lookup.Field))
        {
            problems.Error(
                ProblemCode.LookupReturnsNonCompositeType,
                $"{field} has @lookup and returns {field.Definition.Type}, which has no fields; a lookup finds an entity.",
                "Return an object, an interface or a union, or remove @lookup.",
                field.Place);
        }
    }

    internal static void LookupNotReachable(SourceModel model, ProblemSink problems)
    {
        foreach (var lookup in model.Lookups.Where(lookup => !lookup.IsReachable))
        {
            problems.Warning(
                ProblemCode.LookupNotReachable,
                lookup.IsTooDeep
                    ? $"{lookup.Field} has @lookup, but more than {LookupFinder.MostFields} fields, or {LookupFinder.MostCharacters} characters, lead from Query to {lookup.Field.Type}; it is not used."
                    : $"{lookup.Field} has @lookup, but no chain of fields without arguments leads from Query to {lookup.Field.Type}; it is not used.",
                lookup.IsTooDeep
                    ? $"Move the field to Query, or add a field without arguments that returns {lookup.Field.Type} nearer to Query."
                    : $"Move the field to Query, or add a field without arguments that returns {lookup.Field.Type}.",
                lookup.Field.Place);
        }
    }

    internal static void LookupHasTooManyWays(SourceModel model, ProblemSink problems)
    {
        foreach (var field in model.Lookups.Where(LookupBuilder.HasTooManyWays).Select(lookup => lookup.Field))
        {
            problems.Error(
                ProblemCode.UnsupportedFeature,
                $"The arguments of {field} have alternatives (|) that make more than {LookupBuilder.MaxWays} ways to ask it.",
                "Write several lookups with fewer alternatives each.",
                field.Place);
        }
    }

    internal static void LookupsEnterTooMany(SourceModel model, ProblemSink problems)
    {
        if (LookupBuilder.FindTooMany(model) is { Field: var field })
        {
            problems.Error(
                ProblemCode.UnsupportedFeature,
                $"With {field} the lookups of {model.Name} are more than {LookupBuilder.MaxEntered} ways into types: a lookup of an interface or a union is one into each of its objects.",
                "Let fewer lookups return interfaces or unions with many objects.",
                field.Place);
        }
    }

    private static IEnumerable<SourceField> Fields(SourceModel model) => model.Lookups.Select(lookup => lookup.Field);
}
