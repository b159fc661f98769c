using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.Composition;

/// <summary>
/// The rules that the merged schema must keep where all sources are Apollo's; this is the table of contents. What is hidden is looked at
/// when all else is right.
/// </summary>
internal static class ApolloPostMergeRules
{
    private static readonly ImmutableArray<Action<MergedSchema, ProblemSink>> Merged =
    [
        InterfaceFieldNoImplem,
        RequiresInvalidFields,
        AccessRules.MissingTransitiveAuthRequirements,
        DefaultsFit,
    ];

    private static readonly ImmutableArray<Action<MergedSchema, ProblemSink>> Hidden =
    [
        FeatureTypeRules.ReferenceToFeatureType,
        InaccessibleRules.Types,
        InaccessibleRules.OnlyInaccessibleChildren,
        InaccessibleRules.Fields,
        InaccessibleRules.Inputs,
        InaccessibleRules.Defaults,
        InaccessibleRules.DirectiveArguments,
    ];

    internal static void Check(MergedSchema merged, ProblemSink problems)
    {
        ProblemSink.ForEach(Merged, (rule, _, own) => rule(merged, own), problems);
        ProblemSink.ForEach(problems.HasErrors ? [] : Hidden, (rule, _, own) => rule(merged, own), problems);
    }

    internal static void NoQueries(MergedSchema merged, ProblemSink problems)
    {
        if (!merged.Types.ContainsKey("Query"))
        {
            problems.Error(
                ProblemCode.NoQueries,
                "No source has a field of Query, so that there would be nothing to ask.",
                "Add a field to Query in at least one source.",
                merged.Sources.Models.Select(model => model.SchemaPlace));
        }
    }

    private static void InterfaceFieldNoImplem(MergedSchema merged, ProblemSink problems)
    {
        foreach (var type in merged.Types.Values)
        {
            foreach (var field in type.Interfaces.SelectMany(name => merged.Types[name].Fields.Values).Where(field => !type.Fields.ContainsKey(field.Name)))
            {
                problems.Error(
                    ProblemCode.InterfaceFieldNoImplem,
                    $"{type.Name} implements {field.Group.Type.Name} and has no field \"{field.Name}\" in any source; "
                    + $"{Words.And(field.Group.Sources.Select(source => source.Model.Name))} has it in the interface.",
                    $"Add \"{field.Name}: {field.Type}\" to {type.Name} in a source, or remove it from the interface.",
                    type.Group.Places.Concat(field.Places));
            }
        }
    }

    /// <summary>What a source requires with arguments, the composed fields must take so: an argument that is not everywhere is in none.</summary>
    internal static void RequiresInvalidFields(MergedSchema merged, ProblemSink problems)
    {
        foreach (var field in merged.Sources.Models.Where(model => model.IsApollo).SelectMany(model => model.AllFields))
        {
            if (field.Requires?.Fields is { } fields)
            {
                Check(field, field.Type.Name, fields);
            }
        }

        void Check(SourceField field, string typeName, SelectionSetNode selection)
        {
            foreach (var node in selection.Selections)
            {
                if (node is InlineFragmentNode fragment)
                {
                    Check(field, fragment.TypeCondition?.Name.Value ?? typeName, fragment.SelectionSet);
                }
                else if (node is FieldNode selected && merged.Field(typeName, selected.Name.Value) is { } target)
                {
                    foreach (var problem in Problems(selected, target))
                    {
                        problems.Error(
                            ProblemCode.RequiresInvalidFields,
                            $"@requires on {field} cannot be fetched: {problem}.",
                            $"Make {target.Coordinate} take the same arguments in all sources, or require it without them.",
                            target.Places.Prepend(field.Requires!.Place));
                    }

                    if (selected.SelectionSet is not null)
                    {
                        Check(field, TypeNodes.Named(target.Type), selected.SelectionSet);
                    }
                }
            }
        }
    }

    /// <summary>
    /// Of the values of an enum and the fields of an input object only what all sources know is composed, and defaults may have named others.
    /// </summary>
    internal static void DefaultsFit(MergedSchema merged, ProblemSink problems)
    {
        foreach (var type in merged.Types.Values)
        {
            foreach (var input in type.InputFields.Values.Concat(type.Fields.Values.SelectMany(field => field.Arguments.Values)))
            {
                if (input.DefaultValue is { } value && Unknown(merged, value, input.Type) is var (group, member))
                {
                    var unknown = $"{group.Name}.{member}";
                    problems.Error(
                        ProblemCode.InvalidGraphql,
                        $"The default {Printer.Print(value)} of {input.Coordinate} names {unknown}, which not all sources have, so that it is not composed.",
                        $"Add {unknown} everywhere, or use another default.",
                        input.Places.Concat(group.MemberPlaces(member)));
                }
            }
        }
    }

    private static (TypeGroup Group, string Member)? Unknown(MergedSchema merged, ValueNode value, TypeNode type)
    {
        var named = merged.Types.GetValueOrDefault(TypeNodes.Named(type));
        return value switch
        {
            ListValueNode list => list.Values.Select(item => Unknown(merged, item, type)).FirstOrDefault(it => it is not null),
            EnumValueNode name when named?.Kind == TypeKind.Enum && !named.EnumValues.Exists(it => it.Name == name.Value) => (named.Group, name.Value),
            ObjectValueNode @object when named?.Kind == TypeKind.InputObject => @object.Fields
                .Select(field => named.InputFields.TryGetValue(field.Name.Value, out var input)
                    ? Unknown(merged, field.Value, input.Type)
                    : (named.Group, field.Name.Value))
                .FirstOrDefault(it => it is not null),
            _ => null,
        };
    }

    private static IEnumerable<string> Problems(FieldNode node, MergedField field)
    {
        foreach (var argument in node.Arguments.Where(argument => !field.Arguments.ContainsKey(argument.Name.Value)))
        {
            yield return $"it gives {field.Coordinate} the argument \"{argument.Name}\", which not all its sources have";
        }

        foreach (var argument in field.Arguments.Values.Where(it => it is { Type: NonNullTypeNode, DefaultValue: null }))
        {
            if (node.Arguments.All(given => given.Name.Value != argument.Name))
            {
                yield return $"it does not give {field.Coordinate} the argument \"{argument.Name}\", which another source needs";
            }
        }
    }
}
