using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>
/// OUTPUT_FIELD_TYPES_NOT_MERGEABLE, FIELD_ARGUMENT_TYPES_NOT_MERGEABLE, FIELD_WITH_MISSING_REQUIRED_ARGUMENT (§4.2.3), and Apollo's
/// FIELD_ARGUMENT_DEFAULT_MISMATCH where a field has sources of both dialects.
/// </summary>
internal static class OutputTypeRules
{
    internal static void OutputFieldTypesNotMergeable(SourceSet sources, ProblemSink problems)
    {
        foreach (var group in sources.ComparedFields)
        {
            // an external field is compared with its owner's by EXTERNAL_TYPE_MISMATCH
            var owners = group.Sources.Where(field => !field.IsExternal).ToArray();
            if (owners.Length > 1
                && FieldTypes.LeastRestrictive(sources, [.. owners.Select(field => TypeNodes.Of(field.Definition))]) is null)
            {
                problems.Error(
                    ProblemCode.OutputFieldTypesNotMergeable,
                    $"{group.Coordinate} has types that do not fit together: "
                    + Words.EachSays(owners.Select(field => (field.Model.Name, field.Definition.Type.ToString()!))) + ".",
                    "Return the same named type everywhere, or in one source an interface or union that covers the others.",
                    owners.Select(field => field.Place));
            }
        }
    }

    internal static void FieldArgumentTypesNotMergeable(SourceSet sources, ProblemSink problems)
    {
        foreach (var group in sources.ComparedFields.Where(group => !group.IsInaccessible && !group.Type.IsInaccessible))
        {
            foreach (var name in group.ArgumentNames)
            {
                var arguments = group.Arguments(name).Where(argument => !argument.IsRequirement).ToArray();
                var types = arguments.Select(argument => TypeNodes.Of(argument.Definition)).ToArray();
                if (types.Any(type => !TypeNodes.SameShape(type, types[0])))
                {
                    problems.Error(
                        ProblemCode.FieldArgumentTypesNotMergeable,
                        $"The argument \"{name}\" of {group.Coordinate} has types that do not fit together: "
                        + Words.EachSays(arguments.Select(it => (it.Field.Model.Name, it.Definition.Type.ToString()!))) + ".",
                        "Use the same named type and the same lists everywhere; only nullability may differ.",
                        arguments.Select(argument => argument.Place));
                }
            }
        }
    }

    /// <summary>Composite Schemas takes the first default that it finds (§4.3, Merge Argument Definitions); Apollo refuses another one.</summary>
    internal static void FieldArgumentDefaultMismatch(SourceSet sources, ProblemSink problems)
    {
        foreach (var group in sources.ComparedFields.Where(group => group.Owners.Any(field => field.Model.IsApollo)))
        {
            foreach (var name in group.ArgumentNames)
            {
                var arguments = group.Arguments(name).Where(argument => !argument.IsRequirement && group.Owners.Contains(argument.Field)).ToArray();
                if (arguments.Length == group.Owners.Count)
                {
                    ApolloInputs.CheckDefaults(
                        ProblemCode.FieldArgumentDefaultMismatch,
                        $"The argument \"{name}\" of {group.Coordinate}",
                        arguments.Select(argument => (argument.Definition, argument.Field.Model.Name, argument.Place)),
                        problems,
                        "Use the same default everywhere; sources may also leave it out.");
                }
            }
        }
    }

    internal static void FieldWithMissingRequiredArgument(SourceSet sources, ProblemSink problems)
    {
        foreach (var group in sources.ComparedFields)
        {
            foreach (var name in group.ArgumentNames)
            {
                var given = group.Arguments(name).Where(argument => !argument.IsRequirement).ToArray();
                var required = given.Where(argument => argument.Definition.Type is NonNullType && argument.Definition.DefaultValue is null).ToArray();
                var missing = group.Sources.Where(field => given.All(argument => argument.Field != field)).ToArray();
                if (required.Length > 0 && missing.Length > 0)
                {
                    problems.Error(
                        ProblemCode.FieldWithMissingRequiredArgument,
                        $"{Words.And(required.Select(it => it.Field.Model.Name))} must be given the argument \"{name}\" of {group.Coordinate}, and "
                        + $"{Words.And(missing.Select(field => field.Model.Name))} does not take it from clients.",
                        $"Add the argument to {group.Coordinate} everywhere, or make it optional where it is required.",
                        required.Select(argument => argument.Place).Concat(missing.Select(field => field.Place)));
                }
            }
        }
    }
}
