using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>
/// Merges enums and input objects that only Apollo's sources have: FIELD_TYPE_MISMATCH, INPUT_FIELD_DEFAULT_MISMATCH,
/// REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH, EMPTY_MERGED_INPUT_TYPE, ENUM_VALUE_MISMATCH, EMPTY_MERGED_ENUM_TYPE.
/// </summary>
internal sealed class ApolloTypeMerger(SourceSet sources, EnumUses uses, ProblemSink problems)
{
    internal void MergeInputFields(MergedType type)
    {
        foreach (var name in type.Group.InputFieldNames.ToArray())
        {
            var fields = type.Group.InputFields(name).ToArray();
            var merged = MergeInputField(type, name, fields);
            var missing = type.Group.Sources.Where(source => fields.All(field => field.Type != source)).ToArray();
            if (merged.IsInaccessible || missing.Length == 0)
            {
                type.InputFields.Add(name, merged);
                continue;
            }

            var required = fields.Where(field => field.Definition.IsRequired).ToArray();
            if (required.Length > 0)
            {
                problems.Error(
                    ProblemCode.RequiredInputFieldMissingInSomeSubgraph,
                    $"{Words.And(required.Select(field => field.Type.Model.Name))} must be given the input field {type.Name}.{name}, and "
                    + $"{Words.And(missing.Select(it => it.Model.Name))} does not have it. Only what all sources have is composed.",
                    $"Add the field to {type.Name} everywhere, or make it optional where it is required.",
                    required.Select(field => field.Place).Concat(missing.Select(it => it.Place)));
            }
        }

        if (type.InputFields.Count == 0)
        {
            problems.Error(
                ProblemCode.EmptyMergedInputType,
                $"{type.Name} would be empty: no field of it is in all its sources.",
                $"Give {type.Name} a field that all of {Words.And(type.Group.Sources.Select(it => it.Model.Name))} have.",
                type.Group.Places);
        }
    }

    internal void MergeEnumValues(MergedType type)
    {
        var use = uses.Of(type.Name);
        var values = type.Group.Sources
            .SelectMany(source => ((EnumType)source.Definition).Values.Select(value => (Source: source, Value: value)))
            .GroupBy(entry => entry.Value.Name)
            .ToArray();
        foreach (var same in values)
        {
            var merged = new MergedEnumValue(
                same.Key,
                ApolloDescriptions.Merge(same.Select(entry => entry.Value.Description)),
                MergedDirectives.OfApollo(same.Select(entry => entry.Value.Directives), ComposedDirectives.Of(sources)),
                same.Any(entry => Directives.Has(entry.Value.Directives, "inaccessible")),
                [.. same.Select(entry => entry.Source.Model.Name)]);
            var missing = type.Group.Sources.Where(source => same.All(entry => entry.Source != source)).ToArray();
            if (missing.Length > 0 && !merged.IsInaccessible && use == EnumUse.Input)
            {
                continue;
            }

            if (missing.Length > 0 && !merged.IsInaccessible && use == EnumUse.Both)
            {
                problems.Error(
                    ProblemCode.EnumValueMismatch,
                    $"The enum value {type.Name}.{same.Key} is known to {Words.And(same.Select(entry => entry.Source.Model.Name))} and not to "
                    + $"{Words.And(missing.Select(it => it.Model.Name))}.",
                    "Add the value everywhere, or mark it as @inaccessible where it is.",
                    same.Select(entry => entry.Source.Model.At(entry.Value.Origin)).Concat(missing.Select(it => it.Place)));
            }

            type.EnumValues.Add(merged);
        }

        if (type.EnumValues.Count == 0)
        {
            problems.Error(
                ProblemCode.EmptyMergedEnumType,
                $"{type.Name} would be empty: no value of it is known to all its sources, and clients may only give what all know.",
                $"Give {type.Name} a value that all of {Words.And(type.Group.Sources.Select(it => it.Model.Name))} have.",
                type.Group.Places);
        }
    }

    private MergedInput MergeInputField(MergedType type, string name, SourceInputField[] fields)
    {
        var coordinate = $"{type.Name}.{name}";
        var (merged, _) = ApolloTypes.Merge(sources, fields.Select(field => TypeNodes.Of(field.Definition)), isInput: true);
        if (merged is null)
        {
            problems.Error(
                ProblemCode.FieldTypeMismatch,
                $"The input field {coordinate} has types that do not fit together: "
                + Words.EachSays(fields.Select(field => (field.Type.Model.Name, field.Definition.Type.ToString()!))) + ".",
                "Use the same named type and the same lists everywhere; only nullability may differ.",
                fields.Select(field => field.Place));
        }

        var inputs = fields.Select(field => (field.Definition, Source: field.Type.Model.Name, field.Place)).ToArray();
        ApolloInputs.CheckDefaults(ProblemCode.InputFieldDefaultMismatch, $"The input field {coordinate}", inputs, problems);
        var result = ApolloInputs.Merge(sources, coordinate, merged ?? TypeNodes.Of(fields[0].Definition), inputs);
        uses.Add(TypeNodes.Named(result.Type), EnumUse.Input);
        return result;
    }
}
