using GraphGateway.Language;

namespace GraphGateway.Composition;

/// <summary>
/// EXTERNAL_MISSING_ON_BASE, EXTERNAL_TYPE_MISMATCH, EXTERNAL_ARGUMENT_MISSING, EXTERNAL_ARGUMENT_TYPE_MISMATCH,
/// EXTERNAL_ARGUMENT_DEFAULT_MISMATCH (§4.2.5): an external field is declared as where it is resolved.
/// </summary>
internal static class ExternalBaseRules
{
    internal static void ExternalMissingOnBase(SourceSet sources, ProblemSink problems)
    {
        // the owner may be a source whose type is of another kind
        foreach (var group in External(sources).Where(group => !group.Type.IsPartOnly && group.Sources.All(field => field.IsExternal)))
        {
            problems.Error(
                ProblemCode.ExternalMissingOnBase,
                $"{group.Coordinate} is @external in {Words.And(group.Sources.Select(field => field.Model.Name))}, and no source resolves it.",
                "Define the field without @external in the source that it belongs to, or remove it.",
                group.Sources.Select(field => field.Place));
        }
    }

    internal static void ExternalTypeMismatch(SourceSet sources, ProblemSink problems)
    {
        foreach (var (external, bases) in Pairs(sources))
        {
            var other = bases.FirstOrDefault(field => field.Definition.Type.ToString() != external.Definition.Type.ToString());
            if (other is not null && !IsNarrower(sources, other, external))
            {
                problems.Error(
                    ProblemCode.ExternalTypeMismatch,
                    $"{external} is @external in {external.Model.Name} with the type {external.Definition.Type}, and {other.Model.Name} resolves it as {other.Definition.Type}.",
                    $"Declare it as {other.Definition.Type} in {external.Model.Name}.",
                    external.Place, other.Place);
            }
        }
    }

    // Apollo lets the external declaration be wider than the field itself.
    private static bool IsNarrower(SourceSet sources, SourceField field, SourceField external)
    {
        var own = TypeNodes.Of(field.Definition);
        var wider = TypeNodes.Of(external.Definition);
        return external.Model.IsApollo
            && FieldTypes.LeastRestrictive(sources, [own, wider])?.ToString() == wider.ToString();
    }

    internal static void ExternalArguments(SourceSet sources, ProblemSink problems)
    {
        foreach (var (external, bases) in Pairs(sources))
        {
            foreach (var other in bases)
            {
                CheckArguments(external, other, problems);
            }
        }
    }

    private static void CheckArguments(SourceField external, SourceField other, ProblemSink problems)
    {
        foreach (var argument in other.Definition.Arguments.Where(argument => !other.RequiredArguments.ContainsKey(argument.Name)))
        {
            var own = external.Definition.FindArgument(argument.Name);
            var what = $"The argument \"{argument.Name}\" of {external}";
            if (own is null)
            {
                problems.Error(
                    ProblemCode.ExternalArgumentMissing,
                    $"{what} is missing where {external.Model.Name} declares the field as @external; {other.Model.Name} has it.",
                    $"Add \"{argument.Name}: {argument.Type}{(argument.DefaultValue is null ? "" : " = " + Printer.Print(argument.DefaultValue))}\" to the field in {external.Model.Name}.",
                    external.Place, other.PlaceOf(argument));
                continue;
            }

            if (own.Type.ToString() != argument.Type.ToString())
            {
                problems.Error(
                    ProblemCode.ExternalArgumentTypeMismatch,
                    $"{what} is {own.Type} where {external.Model.Name} declares the field as @external, and {argument.Type} in {other.Model.Name}.",
                    $"Declare it as {argument.Type} in {external.Model.Name}.",
                    external.PlaceOf(own), other.PlaceOf(argument));
            }

            if (DefaultTexts.Of(own) != DefaultTexts.Of(argument))
            {
                var ownDefault = own.DefaultValue is null ? "no default" : "the default " + Printer.Print(own.DefaultValue);
                var otherDefault = argument.DefaultValue is null ? "no default" : "the default " + Printer.Print(argument.DefaultValue);
                problems.Error(
                    ProblemCode.ExternalArgumentDefaultMismatch,
                    $"{what} has {ownDefault} where {external.Model.Name} declares the field as @external, and {otherDefault} in {other.Model.Name}.",
                    $"Declare it with {otherDefault} in {external.Model.Name}.",
                    external.PlaceOf(own), other.PlaceOf(argument));
            }
        }
    }

    private static IEnumerable<FieldGroup> External(SourceSet sources) =>
        sources.SharedFields.Where(group => group.Sources.Any(field => field.IsExternal));

    private static IEnumerable<(SourceField External, SourceField[] Bases)> Pairs(SourceSet sources) =>
        from @group in External(sources)
        let bases = @group.Sources.Where(field => !field.IsExternal).ToArray()
        from external in @group.Sources
        where external.IsExternal
        select (external, bases);
}
