using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>
/// Validates a FieldSelectionMap against the composed output types and the input type that it feeds
/// (<see href="https://graphql.github.io/composite-schemas-spec/draft/#sec-Validation">Appendix A, Validation</see>).
/// </summary>
/// <param name="sources">Where the fields come from.</param>
/// <param name="model">The source that states the map, whose inputs it feeds.</param>
/// <param name="excluded">A source whose own fields do not count: the one that states a requirement; null: all count.</param>
internal sealed class MapChecker(SourceSet sources, SourceModel model, SourceModel? excluded)
{
    /// <summary>Where the member is that the last problem is about.</summary>
    internal ImmutableArray<Place> Culprits { get; private set; } = [];

    /// <summary>What is wrong, in words; null when nothing is.</summary>
    internal string? Check(string typeName, SelectedValueNode map, GraphQLType input)
    {
        foreach (var entry in map.Entries)
        {
            if (CheckEntry(typeName, entry, input) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    /// <summary>What is wrong with a condition on a value of a type, in words; null when such a value can be of that type.</summary>
    internal string? CheckCondition(string typeName, string condition)
    {
        var position = new Position(typeName, ListDepth: 0);
        return Narrow(ref position, condition);
    }

    private string? CheckEntry(string typeName, SelectedValueEntryNode entry, GraphQLType input)
    {
        var position = new Position(typeName, ListDepth: 0);
        if (entry.Path is not null && Walk(ref position, entry.Path) is { } problem)
        {
            return problem;
        }

        if (entry.Object is not null)
        {
            return position.ListDepth > 0
                ? $"\"{Printer.Print(entry)}\" reads fields of a list; put the object in brackets: [{{ ... }}]"
                : CheckObject(position.TypeName, entry.Object, input);
        }

        return entry.List is not null ? CheckList(position, entry.List, input) : CheckLeaf(position, entry, input);
    }

    // What stands at a place of the map: a type (of an object or a leaf) below so many lists.
    private readonly record struct Position(string TypeName, int ListDepth);

    private string? Walk(ref Position position, SelectedPathNode path)
    {
        if (path.TypeName is { } root && Narrow(ref position, root.Value) is { } problem)
        {
            return problem;
        }

        for (var i = 0; i < path.Segments.Length; i++)
        {
            var segment = path.Segments[i];
            if (i > 0 && position.ListDepth > 0)
            {
                return $"\"{path.Segments[i - 1].FieldName}\" is a list; its items are read in brackets: {path.Segments[i - 1].FieldName}[{segment.FieldName}]";
            }

            if (Step(ref position, segment.FieldName.Value, segment.Arguments) is { } unknown)
            {
                return unknown;
            }

            if (segment.TypeName is { } type && Narrow(ref position, type.Value) is { } impossible)
            {
                return impossible;
            }
        }

        return null;
    }

    private string? Narrow(ref Position position, string typeName)
    {
        if (!sources.Types.ContainsKey(typeName))
        {
            return $"no source has a type \"{typeName}\"";
        }

        if (!sources.PossibleTypes(typeName).Overlaps(sources.PossibleTypes(position.TypeName)))
        {
            Culprits = [.. PlacesOf(position.TypeName), .. PlacesOf(typeName)];
            return $"{position.TypeName} can never be {typeName}";
        }

        position = position with { TypeName = typeName };
        return null;
    }

    private string? Step(ref Position position, string fieldName, ImmutableArray<ArgumentNode> arguments)
    {
        var all = sources.Field(position.TypeName, fieldName)?.Sources ?? [];
        var fields = all.Where(field => field.Model != excluded && field.IsGiven).ToArray();
        Culprits = all.Count == 0 ? [.. PlacesOf(position.TypeName)] : [.. all.Select(field => field.Place)];
        if (fields.Length == 0)
        {
            return all.Count > 0 && excluded is not null
                ? $"{position.TypeName}.{fieldName} is defined in {excluded.Name} alone, and a requirement is fed by other sources"
                : $"{position.TypeName} has no field \"{fieldName}\"{Near(position.TypeName, fieldName)}";
        }

        var definition = fields[0].Definition;
        foreach (var argument in arguments)
        {
            if (definition.FindArgument(argument.Name.Value) is not { } expected)
            {
                return $"{position.TypeName}.{fieldName} has no argument \"{argument.Name}\"";
            }

            if (arguments.Count(other => other.Name.Value == argument.Name.Value) > 1)
            {
                return $"the argument \"{argument.Name}\" of {position.TypeName}.{fieldName} is given twice";
            }

            if (HasVariable(argument.Value))
            {
                return $"the argument \"{argument.Name}\" of {position.TypeName}.{fieldName} must be a constant";
            }

            if (!Literals.Fits(argument.Value, expected.Type))
            {
                return $"{Printer.Print(argument.Value)} is no constant of the type {expected.Type} for the argument \"{argument.Name}\" of {position.TypeName}.{fieldName}";
            }
        }

        // What @require feeds is no argument of the composed field.
        var missing = definition.Arguments.FirstOrDefault(argument => argument.IsRequired
            && fields.All(field => !field.RequiredArguments.ContainsKey(argument.Name)) && arguments.All(given => given.Name.Value != argument.Name));
        if (missing is not null)
        {
            return $"{position.TypeName}.{fieldName} needs the argument \"{missing.Name}\"";
        }

        position = new Position(definition.Type.Named.Name, DepthOf(definition.Type));
        return null;
    }

    private string? CheckLeaf(Position position, SelectedValueEntryNode entry, GraphQLType input)
    {
        if (sources.Types.GetValueOrDefault(position.TypeName)?.Kind is TypeKind.Object or TypeKind.Interface or TypeKind.Union)
        {
            var brackets = (Open: new string('[', position.ListDepth), Close: new string(']', position.ListDepth));
            var mended = position.ListDepth == 0 ? ".{ ... }" : $"{brackets.Open}{{ ... }}{brackets.Close}";
            return $"\"{Printer.Print(entry)}\" ends at {position.TypeName}, which has fields; say which: {Printer.Print(entry)}{mended}";
        }

        if (DepthOf(input) != position.ListDepth)
        {
            return $"\"{Printer.Print(entry)}\" is {Describe(position)}, and the input is {input}";
        }

        return position.TypeName == input.Named.Name || (position.TypeName, input.Named.Name) is ("Int", "Float")
            ? null
            : $"\"{Printer.Print(entry)}\" is {Describe(position)}, and the input is {input}";
    }

    private static string Describe(Position position) =>
        new string('[', position.ListDepth) + position.TypeName + new string(']', position.ListDepth);

    private string? CheckList(Position position, SelectedListNode list, GraphQLType input)
    {
        if (position.ListDepth == 0 || input.Nullable is not ListType inputList)
        {
            return position.ListDepth == 0
                ? $"\"{Printer.Print(list)}\" reads items of {position.TypeName}, which is no list"
                : $"\"{Printer.Print(list)}\" gives a list, and the input is {input}";
        }

        var item = position with { ListDepth = position.ListDepth - 1 };
        if (list.List is not null)
        {
            return CheckList(item, list.List, inputList.OfType);
        }

        return item.ListDepth > 0
            ? $"\"{Printer.Print(list)}\" reads items of a list of lists; use as many brackets"
            : Check(item.TypeName, list.Value!, inputList.OfType);
    }

    private string? CheckObject(string typeName, SelectedObjectNode selected, GraphQLType input)
    {
        if (input.Nullable is not InputObjectType inputType)
        {
            Culprits = [.. PlacesOf(typeName)];
            return $"\"{Printer.Print(selected)}\" gives an object, and the input is {input}";
        }

        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in selected.Fields)
        {
            if (!given.Add(field.Name.Value))
            {
                Culprits = [];
                return $"\"{field.Name}\" is given twice";
            }

            if (inputType.FindField(field.Name.Value) is not { } target)
            {
                Culprits = [PlaceOf(inputType)];
                return $"{inputType.Name} has no field \"{field.Name}\"";
            }

            var problem = field.Value is not null
                ? Check(typeName, field.Value, target.Type)
                : CheckShorthand(typeName, field, target.Type);
            if (problem is not null)
            {
                return problem;
            }
        }

        // Values of Correct Type: another object is not coercible (GraphQL, §3.10, Input Coercion)
        if (inputType.IsOneOf && given.Count > 1)
        {
            Culprits = [PlaceOf(inputType)];
            return $"{inputType.Name} takes exactly one of its fields, and \"{Printer.Print(selected)}\" gives {given.Count}; alternatives are told apart by |";
        }

        var missing = inputType.Fields.FirstOrDefault(field => field.IsRequired && !given.Contains(field.Name));
        if (missing is null)
        {
            return null;
        }

        Culprits = [model.At(missing.Origin)];
        return $"{inputType.Name} needs the field \"{missing.Name}\"";
    }

    private string? CheckShorthand(string typeName, SelectedObjectFieldNode field, GraphQLType input)
    {
        var position = new Position(typeName, ListDepth: 0);
        var segment = new PathSegmentNode(field.Start, field.End, field.Name, field.Arguments, null);
        var entry = new SelectedValueEntryNode(field.Start, field.End, new SelectedPathNode(field.Start, field.End, null, [segment]), null, null);
        return Step(ref position, field.Name.Value, field.Arguments) ?? CheckLeaf(position, entry, input);
    }

    // An argument's name that is no field is no misspelled one.
    private string Near(string typeName, string fieldName)
    {
        if (excluded is null)
        {
            return "";
        }

        var types = (sources.Types.GetValueOrDefault(typeName)?.Sources ?? []).Where(type => type.Model != excluded);
        var near = Suggestions.DidYouMean(fieldName, types.SelectMany(type => type.Fields.Values).Where(field => field.IsGiven).Select(field => field.Name));
        return near.Length == 0 ? "" : $" (did{near[" Did".Length..]})";
    }

    private IEnumerable<Place> PlacesOf(string typeName) =>
        (sources.Types.GetValueOrDefault(typeName)?.Sources ?? []).Where(type => type.Model != excluded).Select(type => type.Place);

    private Place PlaceOf(InputObjectType type) => model.At(type.Origins.IsEmpty ? null : type.Origins[0]);

    private static int DepthOf(GraphQLType type) => type.Nullable is ListType list ? 1 + DepthOf(list.OfType) : 0;

    private static bool HasVariable(ValueNode value) => value switch
    {
        VariableNode => true,
        ListValueNode list => list.Values.Any(HasVariable),
        ObjectValueNode @object => @object.Fields.Any(field => HasVariable(field.Value)),
        _ => false,
    };
}
