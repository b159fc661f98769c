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
        // an interface or union is entered as each of its objects
        var types = LookupBuilder.EnteredTypes(model, lookup.ReturnType!)
            .Where(type => type.Definition is ObjectType || lookup.ReturnType is InterfaceType && type.Definition == lookup.ReturnType);
        var reported = new HashSet<string>(StringComparer.Ordinal);
        foreach (var type in types)
        {
            var alternatives = LookupBuilder.Alternatives(lookup, model.Schema, type.Definition);
            if (alternatives.IsEmpty)
            {
                problems.Error(
                    ProblemCode.IsInvalidFields,
                    $"The lookup {lookup.Field} returns {lookup.ReturnType}, which can be {type.Name}, and no alternative of @is fits {type.Name}.",
                    $"Add an alternative for it: ... | <{type.Name}>.FIELD",
                    lookup.Field.IsArguments.Values.Select(use => use.Place).Append(type.Place));
            }

            foreach (var argument in alternatives.SelectMany(all => all))
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
                        : $"Name fields of {type.Name} in @is that give {definition.Type}.",
                    checker.Culprits.Prepend(use?.Place ?? lookup.Field.PlaceOf(definition)));
            }
        }
    }
}
