using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>
/// Merges the sources' members by name
/// (<see href="https://graphql.github.io/composite-schemas-spec/draft/#sec-Merge">Composite Schemas, Merge</see>). What the specification
/// leaves out because it is inaccessible is kept and marked: keys and requirements may use it.
/// </summary>
internal static class SchemaMerger
{
    private static readonly string[] Roots = ["Query", "Mutation", "Subscription"];

    /// <summary>The merged members; what cannot be merged and only Apollo's sources have is reported here.</summary>
    internal static MergedSchema Merge(SourceSet sources, ProblemSink problems)
    {
        var merged = new MergedSchema(sources);
        var hidden = HiddenInputs.Find(sources);
        ImmutableArray<TypeGroup> groups =
        [
            .. Roots.Select(sources.Types.GetValueOrDefault).OfType<TypeGroup>().Concat(sources.Types.Values).Distinct()
                .Where(group => !hidden.Contains(group.Name)),
        ];
        var types = new MergedType[groups.Length];
        var uses = new EnumUses[groups.Length];
        ComposedDirectives.Of(sources);
        ProblemSink.ForEach(groups, (group, i, own) => types[i] = MergeType(sources, group, uses[i] = new EnumUses(), own), problems);
        foreach (var type in types)
        {
            merged.Types.Add(type.Name, type);
        }

        // Which values of an enum are merged depends on how all the others use it.
        var apolloTypes = new ApolloTypeMerger(sources, EnumUses.Of(uses), problems);
        foreach (var type in merged.Types.Values.Where(type => type.Kind == TypeKind.Enum && type.Group.IsApollo))
        {
            apolloTypes.MergeEnumValues(type);
        }

        SpreadInterfaceObjects(merged);
        return merged;
    }

    // What a source serves for a whole interface (Apollo's @interfaceObject), every implementation has.
    private static void SpreadInterfaceObjects(MergedSchema merged)
    {
        foreach (var type in merged.Types.Values.Where(type => type.Kind == TypeKind.Object))
        {
            foreach (var field in type.Interfaces.SelectMany(name => merged.Types[name].Fields.Values))
            {
                if (field.Group.Sources.Any(source => source.Type.IsInterfaceObject && !source.IsExternal))
                {
                    type.Fields.TryAdd(field.Name, field);
                }
            }
        }
    }

    /// <summary>The first description that a source gives.</summary>
    internal static string? Description(IEnumerable<string?> descriptions) => descriptions.FirstOrDefault(text => text is not null);

    private static MergedType MergeType(SourceSet sources, TypeGroup group, EnumUses uses, ProblemSink problems)
    {
        var type = new MergedType(group);
        var apolloFields = new ApolloFieldMerger(sources, uses, problems);
        switch (group.Kind)
        {
            case TypeKind.Object or TypeKind.Interface:
                type.Interfaces.AddRange(group.Interfaces.IsEmpty ? [] : group.Interfaces.Where(sources.Types.ContainsKey));
                foreach (var field in group.Fields.Values)
                {
                    type.Fields.Add(field.Name, field.IsApollo ? apolloFields.Merge(field) : MergeField(sources, field));
                }

                break;
            case TypeKind.InputObject when group.IsApollo:
                new ApolloTypeMerger(sources, uses, problems).MergeInputFields(type);
                break;
            case TypeKind.InputObject:
                MergeInputFields(type);
                break;
            case TypeKind.Enum when !group.IsApollo:
                type.EnumValues.AddRange(MergeEnumValues(group));
                break;
            case TypeKind.Union:
                type.Members.AddRange(group.Sources
                    .SelectMany(source => (source.Definition as UnionType)?.Members ?? [])
                    .Select(member => member.Name)
                    .Distinct()
                    .Where(sources.Types.ContainsKey));
                break;
        }

        return type;
    }

    // MergeOutputFields
    private static MergedField MergeField(SourceSet sources, FieldGroup group)
    {
        var field = new MergedField(group, group.Sources is [var only] ? TypeNodes.Of(only.Definition) : MergeTypes(sources, group));
        foreach (var name in group.ArgumentNames)
        {
            var arguments = group.Arguments(name).ToArray();
            if (arguments.Length == group.Sources.Count && !arguments.Any(argument => argument.IsRequirement))
            {
                field.Add(MergeInput(
                    $"{group.Coordinate}({name}:)",
                    [.. arguments.Select(argument => (argument.Definition, argument.Place))]));
            }
        }

        return field;
    }

    private static TypeNode MergeTypes(SourceSet sources, FieldGroup group)
    {
        var types = group.Sources.Select(field => TypeNodes.Of(field.Definition)).ToArray();
        return FieldTypes.LeastRestrictive(sources, types) ?? types[0];
    }

    // MergeInputTypes: what all sources have
    private static void MergeInputFields(MergedType type)
    {
        foreach (var name in type.Group.InputFieldNames)
        {
            var fields = type.Group.InputFields(name).ToArray();
            if (fields.Length == type.Group.Sources.Count)
            {
                type.InputFields.Add(name, MergeInput(
                    $"{type.Name}.{name}", [.. fields.Select(field => (field.Definition, field.Place))]));
            }
        }
    }

    private static MergedInput MergeInput(string coordinate, ImmutableArray<(InputValueDefinition Definition, Place Place)> inputs)
    {
        var types = inputs.Select(input => TypeNodes.Of(input.Definition)).ToArray();
        return new MergedInput(
            inputs[0].Definition.Name,
            coordinate,
            FieldTypes.MostRestrictive(types) ?? types[0],
            inputs.Select(input => input.Definition.DefaultValue).FirstOrDefault(value => value is not null),
            Description(inputs.Select(input => input.Definition.Description)),
            MergedDirectives.Of(inputs.Select(input => input.Definition.Directives)),
            inputs.Any(input => Directives.Has(input.Definition.Directives, "inaccessible")),
            [.. inputs.Select(input => input.Place)]);
    }

    private static IEnumerable<MergedEnumValue> MergeEnumValues(TypeGroup group)
    {
        var values = group.Sources.SelectMany(source => (source.Definition as EnumType)?.Values
            .Select(value => (Source: source.Model.Name, Value: value)) ?? []);
        return values.GroupBy(entry => entry.Value.Name).Select(same => new MergedEnumValue(
            same.Key,
            Description(same.Select(entry => entry.Value.Description)),
            MergedDirectives.Of(same.Select(entry => entry.Value.Directives)),
            same.Any(entry => Directives.Has(entry.Value.Directives, "inaccessible")),
            [.. same.Select(entry => entry.Source)]));
    }
}
