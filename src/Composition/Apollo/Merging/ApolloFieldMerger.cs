using GraphGateway.Language;

namespace GraphGateway.Composition;

/// <summary>
/// Merges a field that only Apollo's sources have: FIELD_TYPE_MISMATCH, FIELD_ARGUMENT_TYPE_MISMATCH, FIELD_ARGUMENT_DEFAULT_MISMATCH,
/// REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH, CONTEXTUAL_ARGUMENT_NOT_CONTEXTUAL_IN_ALL_SUBGRAPHS, EXTERNAL_TYPE_MISMATCH,
/// EXTERNAL_ARGUMENT_MISSING, EXTERNAL_ARGUMENT_TYPE_MISMATCH, EXTERNAL_ARGUMENT_DEFAULT_MISMATCH.
/// </summary>
internal sealed class ApolloFieldMerger(SourceSet sources, EnumUses uses, ProblemSink problems)
{
    internal MergedField Merge(FieldGroup group)
    {
        if (group.Sources is [var only])
        {
            return MergeOnly(group, only);
        }

        var owners = group.Owners;
        var (type, areEqual) = ApolloTypes.Merge(sources, owners.Select(field => TypeNodes.Of(field.Definition)), isInput: false);
        if (type is null)
        {
            problems.Error(
                ProblemCode.FieldTypeMismatch,
                $"{group.Coordinate} has types that do not fit together: "
                + Words.EachSays(owners.Select(field => (field.Model.Name, field.Definition.Type.ToString()!))) + ".",
                "Return the same named type everywhere, or in one source an interface or union that covers the others.",
                owners.Select(field => field.Place));
        }

        var merged = new MergedField(group, type ?? TypeNodes.Of(owners[0].Definition));
        uses.Add(TypeNodes.Named(merged.Type), EnumUse.Output);
        if (!owners[0].IsExternal)
        {
            MergeArguments(group, owners, merged);
        }

        foreach (var external in group.Sources.Where(field => field.IsExternal && field != owners[0]))
        {
            CheckExternal(merged, owners, external, areEqual);
        }

        return merged;
    }

    // Most fields have one source: there is nothing to compare.
    private MergedField MergeOnly(FieldGroup group, SourceField only)
    {
        var merged = new MergedField(group, TypeNodes.Of(only.Definition));
        uses.Add(TypeNodes.Named(merged.Type), EnumUse.Output);
        foreach (var argument in only.IsExternal ? [] : only.Definition.Arguments)
        {
            if (!only.ContextArguments.ContainsKey(argument.Name))
            {
                var input = ApolloInputs.Only(
                    sources, $"{group.Coordinate}({argument.Name}:)", TypeNodes.Of(argument), argument, only.PlaceOf(argument));
                merged.Add(input);
                uses.Add(TypeNodes.Named(input.Type), EnumUse.Input);
            }
        }

        return merged;
    }

    private void MergeArguments(FieldGroup group, IReadOnlyList<SourceField> owners, MergedField merged)
    {
        if (owners.All(field => field.Definition.Arguments.IsEmpty))
        {
            return;
        }

        foreach (var name in owners.SelectMany(field => field.Definition.Arguments).Select(argument => argument.Name).Distinct().ToArray())
        {
            SourceArgument[] arguments =
            [
                .. from field in owners
                let argument = field.Definition.FindArgument(name)
                where argument is not null
                select new SourceArgument(field, argument),
            ];
            var missing = owners.Where(field => field.Definition.FindArgument(name) is null).ToArray();
            if (arguments.Any(argument => argument.IsContextual))
            {
                CheckContextual(group, name, arguments);
            }
            else if (missing.Length > 0)
            {
                CheckMissing(group, name, arguments, missing);
            }
            else
            {
                merged.Add(MergeArgument(group, name, arguments));
            }
        }
    }

    private void CheckContextual(FieldGroup group, string name, SourceArgument[] arguments)
    {
        foreach (var argument in arguments.Where(argument => !argument.IsContextual && argument.Definition.IsRequired))
        {
            problems.Error(
                ProblemCode.ContextualArgumentNotContextualInAllSubgraphs,
                $"The argument \"{name}\" of {group.Coordinate} comes from a context in {Words.And(arguments.Where(it => it.IsContextual).Select(it => it.Field.Model.Name))}, "
                + $"so that clients cannot give it, and {argument.Field.Model.Name} needs it.",
                $"Make it nullable in {argument.Field.Model.Name}, give it a default, or take it from a context there too.",
                arguments.Where(it => it.IsContextual).Select(it => it.Place).Prepend(argument.Place));
        }
    }

    private void CheckMissing(FieldGroup group, string name, SourceArgument[] arguments, SourceField[] missing)
    {
        var required = arguments.Where(argument => argument.Definition.IsRequired).ToArray();
        if (required.Length > 0)
        {
            problems.Error(
                ProblemCode.RequiredArgumentMissingInSomeSubgraph,
                $"{Words.And(required.Select(it => it.Field.Model.Name))} must be given the argument \"{name}\" of {group.Coordinate}, and "
                + $"{Words.And(missing.Select(field => field.Model.Name))} does not take it from clients.",
                $"Add the argument to {group.Coordinate} everywhere, or make it optional where it is required.",
                required.Select(argument => argument.Place).Concat(missing.Select(field => field.Place)));
        }
    }

    private MergedInput MergeArgument(FieldGroup group, string name, SourceArgument[] arguments)
    {
        var (type, _) = ApolloTypes.Merge(sources, arguments.Select(argument => TypeNodes.Of(argument.Definition)), isInput: true);
        if (type is null)
        {
            problems.Error(
                ProblemCode.FieldArgumentTypeMismatch,
                $"The argument \"{name}\" of {group.Coordinate} has types that do not fit together: "
                + Words.EachSays(arguments.Select(it => (it.Field.Model.Name, it.Definition.Type.ToString()!))) + ".",
                "Use the same named type and the same lists everywhere; only nullability may differ.",
                arguments.Select(argument => argument.Place));
        }

        var inputs = arguments.Select(argument => (argument.Definition, Source: argument.Field.Model.Name, argument.Place)).ToArray();
        var merged = ApolloInputs.Merge(sources, $"{group.Coordinate}({name}:)", type ?? TypeNodes.Of(arguments[0].Definition), inputs);
        uses.Add(TypeNodes.Named(merged.Type), EnumUse.Input);
        ApolloInputs.CheckDefaults(
            ProblemCode.FieldArgumentDefaultMismatch, $"The argument \"{name}\" of {group.Coordinate}", inputs, problems);
        return merged;
    }

    private void CheckExternal(MergedField merged, IReadOnlyList<SourceField> owners, SourceField external, bool areEqual)
    {
        var own = TypeNodes.Of(external.Definition);
        var fits = TypeNodes.AreSame(merged.Type, own) || !areEqual && ApolloTypes.IsStrictSubtype(sources, merged.Type, own);
        if (!fits)
        {
            problems.Error(
                ProblemCode.ExternalTypeMismatch,
                $"{external} is @external in {external.Model.Name} with the type {external.Definition.Type}, and {Words.And(owners.Select(it => it.Model.Name))} resolves it as {merged.Type}.",
                $"Declare it as {merged.Type} in {external.Model.Name}.",
                owners.Select(field => field.Place).Prepend(external.Place));
        }

        foreach (var argument in merged.Arguments.Values)
        {
            CheckExternalArgument(argument, owners, external);
        }
    }

    private void CheckExternalArgument(MergedInput argument, IReadOnlyList<SourceField> owners, SourceField external)
    {
        var others = Words.And(owners.Select(field => field.Model.Name));
        var what = $"The argument \"{argument.Name}\" of {external}";
        if (external.Definition.FindArgument(argument.Name) is not { } own)
        {
            problems.Error(
                ProblemCode.ExternalArgumentMissing,
                $"{what} is missing where {external.Model.Name} declares the field as @external; {others} has it.",
                $"Add \"{argument.Name}: {argument.Type}{(argument.DefaultValue is null ? "" : " = " + Printer.Print(argument.DefaultValue))}\" to the field in {external.Model.Name}.",
                argument.Places.Prepend(external.Place));
            return;
        }

        var type = TypeNodes.Of(own);
        if (!TypeNodes.AreSame(argument.Type, type) && !ApolloTypes.IsStrictSubtype(sources, type, argument.Type))
        {
            problems.Error(
                ProblemCode.ExternalArgumentTypeMismatch,
                $"{what} is {own.Type} where {external.Model.Name} declares the field as @external, and {argument.Type} in {others}.",
                $"Declare it as {argument.Type} in {external.Model.Name}.",
                argument.Places.Prepend(external.PlaceOf(own)));
        }

        if (DefaultTexts.OfApollo(own.DefaultValue, own.Type) != DefaultTexts.OfApollo(argument.DefaultValue, own.Type))
        {
            var said = argument.DefaultValue is null ? "no default" : "the default " + Printer.Print(argument.DefaultValue);
            var ownSaid = own.DefaultValue is null ? "no default" : "the default " + Printer.Print(own.DefaultValue);
            problems.Error(
                ProblemCode.ExternalArgumentDefaultMismatch,
                $"{what} has {ownSaid} where {external.Model.Name} declares the field as @external, and {said} in {others}.",
                $"Declare it with {said} in {external.Model.Name}.",
                argument.Places.Prepend(external.PlaceOf(own)));
        }
    }
}
