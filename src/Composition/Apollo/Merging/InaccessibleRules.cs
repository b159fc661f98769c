using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>
/// What <c>@inaccessible</c> leaves must be a schema that clients can use
/// (<see href="https://specs.apollo.dev/inaccessible/v0.2">inaccessible v0.2</see>): REFERENCED_INACCESSIBLE, QUERY_ROOT_TYPE_INACCESSIBLE,
/// ONLY_INACCESSIBLE_CHILDREN, IMPLEMENTED_BY_INACCESSIBLE, REQUIRED_INACCESSIBLE, DEFAULT_VALUE_USES_INACCESSIBLE,
/// DISALLOWED_INACCESSIBLE.
/// </summary>
internal static class InaccessibleRules
{
    internal static void Types(MergedSchema merged, ProblemSink problems)
    {
        foreach (var type in merged.PublicTypes)
        {
            foreach (var field in type.PublicFields)
            {
                if (Hidden(field.Type) is { } hidden)
                {
                    Report(field.Coordinate, hidden, field.Places);
                }

                CheckInputs(field.Arguments.Values);
            }

            CheckInputs(type.InputFields.Values);
        }

        if (merged.Types.GetValueOrDefault("Query") is { IsInaccessible: true } query)
        {
            problems.Error(
                ProblemCode.QueryRootTypeInaccessible,
                "Query is @inaccessible, and it is where every query begins.",
                "Remove @inaccessible from the type, and hide single fields of it.",
                query.Group.Sources.Where(source => source.IsInaccessible).Select(source => source.Place));
        }

        MergedType? Hidden(TypeNode type) =>
            merged.Types.GetValueOrDefault(TypeNodes.Named(type)) is { IsInaccessible: true } hidden ? hidden : null;

        void CheckInputs(OrderedDictionary<string, MergedInput>.ValueCollection inputs)
        {
            foreach (var input in inputs)
            {
                if (!input.IsInaccessible && Hidden(input.Type) is { } hidden)
                {
                    Report(input.Coordinate, hidden, input.Places);
                }
            }
        }

        void Report(string coordinate, MergedType hidden, IEnumerable<Place> places) => problems.Error(
            ProblemCode.ReferencedInaccessible,
            $"{coordinate} is for clients and is of the type {hidden.Name}, which is @inaccessible.",
            $"Mark {coordinate} as @inaccessible too, or remove @inaccessible from {hidden.Name}.",
            places.Concat(hidden.Group.Sources.Where(source => source.IsInaccessible).Select(source => source.Place)));
    }

    internal static void OnlyInaccessibleChildren(MergedSchema merged, ProblemSink problems)
    {
        foreach (var type in merged.PublicTypes)
        {
            var (isEmpty, what) = type.Kind switch
            {
                TypeKind.Object or TypeKind.Interface => (!type.PublicFields.Any(), "field"),
                TypeKind.InputObject => (type.InputFields.Values.All(field => field.IsInaccessible), "field"),
                TypeKind.Enum => (type.EnumValues.TrueForAll(value => value.IsInaccessible), "value"),
                TypeKind.Union => (type.Members.TrueForAll(member => merged.Types[member].IsInaccessible), "member"),
                _ => (false, ""),
            };
            if (isEmpty)
            {
                problems.Error(
                    ProblemCode.OnlyInaccessibleChildren,
                    $"{type.Name} would be empty for clients: every {what} of it is @inaccessible in one of its sources.",
                    $"Keep something of {type.Name} visible, or mark the type itself as @inaccessible.",
                    type.Group.Places);
            }
        }
    }

    internal static void Fields(MergedSchema merged, ProblemSink problems)
    {
        foreach (var type in merged.PublicTypes)
        {
            MergedType[] interfaces = [.. type.Interfaces.Select(name => merged.Types[name]).Where(it => !it.IsInaccessible)];
            foreach (var field in type.Fields.Values)
            {
                foreach (var @interface in interfaces)
                {
                    if (@interface.Fields.GetValueOrDefault(field.Name) is not { IsInaccessible: false } contract)
                    {
                        continue;
                    }

                    if (field.IsInaccessible)
                    {
                        Implemented($"{type.Name}.{field.Name}", contract.Coordinate, field.Places.Concat(contract.Places), problems);
                    }
                    else
                    {
                        CheckArguments(type, field, contract, problems);
                    }
                }

                RequiredArguments(field, problems);
            }
        }
    }

    /// <summary>What a source must be given with a field that clients see, and they cannot give: nothing else can, either.</summary>
    internal static void RequiredArguments(MergedSchema merged, ProblemSink problems)
    {
        foreach (var field in merged.PublicTypes.SelectMany(type => type.Fields.Values))
        {
            RequiredArguments(field, problems);
        }
    }

    private static void RequiredArguments(MergedField field, ProblemSink problems)
    {
        foreach (var argument in field.IsInaccessible || field.Arguments.Count == 0 ? [] : field.Arguments.Values.Where(IsHiddenAndRequired))
        {
            Required(argument, problems);
        }
    }

    internal static void Inputs(MergedSchema merged, ProblemSink problems)
    {
        foreach (var field in merged.PublicTypes.SelectMany(type => type.InputFields.Values).Where(IsHiddenAndRequired))
        {
            Required(field, problems);
        }
    }

    internal static void Defaults(MergedSchema merged, ProblemSink problems)
    {
        foreach (var type in merged.PublicTypes)
        {
            var inputs = type.InputFields.Values.Concat(type.PublicFields.SelectMany(field => field.Arguments.Values));
            foreach (var input in inputs.Where(input => input is { IsInaccessible: false, DefaultValue: not null }))
            {
                foreach (var (hidden, name, member) in HiddenIn(merged, input.DefaultValue!, input.Type).Distinct())
                {
                    problems.Error(
                        ProblemCode.DefaultValueUsesInaccessible,
                        $"The default {Printer.Print(input.DefaultValue!)} of {input.Coordinate} shows clients {hidden}, which is @inaccessible.",
                        $"Use another default, or remove @inaccessible from {hidden}.",
                        input.Places.Concat(merged.Types[name].Group.MemberPlaces(member, isHidden: true)));
                }
            }
        }
    }

    internal static void DirectiveArguments(MergedSchema merged, ProblemSink problems)
    {
        foreach (var definition in ComposedDirectives.Of(merged.Sources).Definitions)
        {
            foreach (var argument in definition.Arguments.Where(argument => Directives.Has(argument.Directives, "inaccessible")))
            {
                problems.Error(
                    ProblemCode.DisallowedInaccessible,
                    $"The argument \"{argument.Name}\" of @{definition.Name} is @inaccessible, and clients do not see the directive anyway.",
                    "Remove @inaccessible.",
                    merged.Sources.Models
                        .Where(model => model.Schema.FindDirective(definition.Name.Value)?.Origin?.Node == definition)
                        .Select(model => model.At(model.Schema.FindDirective(definition.Name.Value)!.Origin)));
            }
        }
    }

    private static void CheckArguments(MergedType type, MergedField field, MergedField contract, ProblemSink problems)
    {
        foreach (var (name, argument) in field.Arguments)
        {
            if (contract.Arguments.GetValueOrDefault(name) is not { } expected)
            {
                continue;
            }

            if (argument.IsInaccessible && !expected.IsInaccessible)
            {
                Implemented($"{type.Name}.{field.Name}({name}:)", expected.Coordinate, argument.Places.Concat(expected.Places), problems);
            }
            else if (!argument.IsInaccessible && expected.IsInaccessible && IsRequired(argument))
            {
                problems.Error(
                    ProblemCode.RequiredInaccessible,
                    $"{expected.Coordinate} is @inaccessible, and {argument.Coordinate}, which implements it, must be given.",
                    "Make the argument nullable, give it a default, or let clients see it.",
                    expected.Places.Concat(argument.Places));
            }
        }
    }

    private static void Implemented(string hidden, string contract, IEnumerable<Place> places, ProblemSink problems) => problems.Error(
        ProblemCode.ImplementedByInaccessible,
        $"{hidden} is @inaccessible, and clients see {contract}, which it implements.",
        $"Remove @inaccessible from {hidden}, or hide {contract} too.",
        places);

    private static void Required(MergedInput input, ProblemSink problems) => problems.Error(
        ProblemCode.RequiredInaccessible,
        $"{input.Coordinate} must be given, and clients do not see it.",
        "Make it nullable, give it a default, or let clients see it.",
        input.Places);

    private static bool IsHiddenAndRequired(MergedInput input) => input.IsInaccessible && IsRequired(input);

    private static bool IsRequired(MergedInput input) => input is { Type: NonNullTypeNode, DefaultValue: null };

    private static IEnumerable<(string Words, string TypeName, string Member)> HiddenIn(MergedSchema merged, ValueNode value, TypeNode type)
    {
        var named = merged.Types.GetValueOrDefault(TypeNodes.Named(type));
        return value switch
        {
            ListValueNode list => list.Values.SelectMany(item => HiddenIn(merged, item, type)),
            ObjectValueNode @object => @object.Fields
                .Where(field => named?.InputFields.ContainsKey(field.Name.Value) == true)
                .SelectMany(field =>
                {
                    var input = named!.InputFields[field.Name.Value];
                    var below = HiddenIn(merged, field.Value, input.Type);
                    return input.IsInaccessible ? below.Prepend(($"the input field {input.Coordinate}", named.Name, input.Name)) : below;
                }),
            EnumValueNode name when named?.EnumValues.Find(it => it.Name == name.Value) is { IsInaccessible: true } =>
                [($"the enum value {named.Name}.{name.Value}", named.Name, name.Value)],
            _ => [],
        };
    }
}
