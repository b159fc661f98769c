using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>
/// IS_INVALID_FIELDS (§4.4.6), REQUIRE_INVALID_FIELDS (§4.4.7). The map of <c>@is</c> is read from the type that the lookup returns; the
/// specification's algorithm says "declaring type", its text and Appendix A mean the returned one. Arguments of a lookup without
/// <c>@is</c> are held to the same rule under their own name.
/// </summary>
internal static class MapRules
{
    internal static void IsInvalidFields(MergedSchema merged, ProblemSink problems)
    {
        foreach (var model in merged.Sources.Models)
        {
            var checker = new MapChecker(merged.Sources, model, excluded: null);
            foreach (var lookup in model.Lookups.Where(lookup => lookup is { IsReachable: true, ReturnType: not null }))
            {
                Check(checker, model, lookup, problems);
            }
        }
    }

    internal static void RequireInvalidFields(MergedSchema merged, ProblemSink problems)
    {
        foreach (var field in merged.Sources.Models.SelectMany(model => model.AllFields).Where(field => !field.IsInternal))
        {
            foreach (var (name, use) in field.RequiredArguments.Where(entry => entry.Value.Map is not null))
            {
                var argument = field.Definition.FindArgument(name)!;
                var checker = new MapChecker(merged.Sources, field.Model, excluded: field.Model);
                if (checker.Check(field.Type.Name, use.Map!, argument.Type) is { } problem)
                {
                    problems.Error(
                        ProblemCode.RequireInvalidFields,
                        $"@require(field: \"{use.Text}\") on the argument \"{name}\" of {field} cannot be fed: {problem}.",
                        $"Name fields of {field.Type} that sources other than {field.Model.Name} define, and that give {argument.Type}.",
                        checker.Culprits.Prepend(use.Place));
                }
            }
        }
    }

    private static void Check(MapChecker checker, SourceModel model, SourceLookup lookup, ProblemSink problems)
    {
        var reported = ReportImpossibleTypes(checker, lookup, problems);
        var ways = new LookupWays(lookup, model.Schema);
        foreach (var type in TypesToFit(model, lookup.ReturnType!))
        {
            var alternatives = ways.Into(type.Definition);
            if (alternatives.IsEmpty && reported.Count == 0)
            {
                var what = type.Definition is ObjectType ? $"which can be {type.Name}" : $"of which {model.Name} has no object";
                problems.Error(
                    ProblemCode.IsInvalidFields,
                    $"The lookup {lookup.Field} returns {lookup.ReturnType}, {what}, and no alternative of @is fits {type.Name}.",
                    $"Add an alternative for it: ... | <{type.Name}>.FIELD",
                    lookup.Field.IsArguments.Values.Select(use => use.Place).Append(type.Place));
            }

            foreach (var argument in alternatives.SelectMany(way => way.Arguments))
            {
                var definition = lookup.Field.Definition.FindArgument(argument.Name)!;
                if (checker.Check(type.Name, argument.Map, definition.Type) is not { } problem || !reported.Add(argument.Name))
                {
                    continue;
                }

                var use = lookup.Field.IsArguments.GetValueOrDefault(argument.Name);
                problems.Error(
                    ProblemCode.IsInvalidFields,
                    $"The argument \"{argument.Name}\" of the lookup {lookup.Field} does not map to {type.Name}: {problem}.",
                    use is null
                        ? $"Name the argument like a field of {type.Name}, or say with @is(field: \"...\") which field it is."
                            + (definition.IsRequired ? "" : " What is no part of the key, though optional, is no argument of a lookup.")
                        : $"Name fields of {type.Name} in @is that give {definition.Type}.",
                    checker.Culprits.Prepend(use?.Place ?? lookup.Field.PlaceOf(definition)));
            }
        }
    }

    // What a lookup returns are objects (§2, @lookup: "all possible object types"). An interface without any is entered as itself alone.
    private static IEnumerable<SourceType> TypesToFit(SourceModel model, CompositeType returned)
    {
        var entered = LookupBuilder.EnteredTypes(model, returned).ToArray();
        var objects = entered.Where(type => type.Definition is ObjectType).ToArray();
        return objects.Length > 0 ? objects : entered;
    }

    // Appendix A, Type Reference Is Possible: of the types that a lookup returns. The names of the arguments whose maps break it.
    private static HashSet<string> ReportImpossibleTypes(MapChecker checker, SourceLookup lookup, ProblemSink problems)
    {
        var reported = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (argument, use) in lookup.Field.IsArguments.Where(entry => entry.Value.Map is not null))
        {
            foreach (var condition in MapAlternatives.Conditions(use.Map!))
            {
                if (checker.CheckCondition(lookup.ReturnType!.Name, condition) is { } problem && reported.Add(argument))
                {
                    problems.Error(
                        ProblemCode.IsInvalidFields,
                        $"The argument \"{argument}\" of the lookup {lookup.Field} does not map to {lookup.ReturnType}: {problem}.",
                        $"Name types in @is that {lookup.ReturnType} can be, or leave the alternative out.",
                        checker.Culprits.Prepend(use.Place));
                }
            }
        }

        return reported;
    }
}
