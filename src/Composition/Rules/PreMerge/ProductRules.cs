namespace GraphGateway.Composition;

/// <summary>
/// What multiplies where sources are put together is bounded, before it is: a few kilobytes of texts would be gigabytes otherwise. Nothing else is looked at then.
/// </summary>
internal static class ProductRules
{
    /// <summary>
    /// How many fields and keys interface objects give the objects of their interfaces: each one of theirs is one of every object, in the schema and in its text.
    /// </summary>
    internal const int MaxSpread = 100_000;

    internal static void Check(SourceSet sources, ProblemSink problems)
    {
        LookupsEnterTooMany(sources, problems);
        TooManyKeysInherited(sources, problems);
        InterfaceObjectsGiveTooMuch(sources, problems);
    }

    private static void LookupsEnterTooMany(SourceSet sources, ProblemSink problems)
    {
        if (LookupBuilder.FindTooMany(sources.Models) is { Field: var field })
        {
            problems.Error(
                ProblemCode.UnsupportedFeature,
                $"With {field} of {field.Model.Name} the lookups of all sources are more than {LookupBuilder.MaxEntered} ways into types: a lookup of an interface or a union is one into each of its objects.",
                "Let fewer lookups return interfaces or unions with many objects.",
                field.Place);
        }
    }

    private static void TooManyKeysInherited(SourceSet sources, ProblemSink problems)
    {
        if (KeyInference.FindTooMany(sources.Models) is { } type)
        {
            problems.Error(
                ProblemCode.UnsupportedFeature,
                $"With {type} of {type.Model.Name} the objects of all sources have more than {KeyInference.MaxInherited} keys of their interfaces: each key of an interface is one of each object that implements it.",
                "Give the interfaces fewer keys, or let fewer types implement them.",
                type.Place);
        }
    }

    private static void InterfaceObjectsGiveTooMuch(SourceSet sources, ProblemSink problems)
    {
        var count = 0L;
        foreach (var type in sources.InterfaceObjects.SelectMany(same => same))
        {
            count += (long)(type.Fields.Count + type.Keys.Count) * sources.Implementations(type.Name).Count();
            if (count > MaxSpread)
            {
                problems.Error(
                    ProblemCode.UnsupportedFeature,
                    $"With {type} of {type.Model.Name} the interface objects of all sources are more than {MaxSpread} fields and keys of objects: each field and each key of one is one of every object of its interface.",
                    $"Give {type} fewer fields, such as one that returns an object with the others, or let fewer types implement it.",
                    type.Place);
                return;
            }
        }
    }
}
