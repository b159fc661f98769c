using System.Text;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Interop.Language;

/// <summary>
/// Writes executable documents over a schema: operations with fragments, variables, directives, aliases and values of every kind.
/// Where the dice err, what is written breaks a rule. The rules are read off the answers, not off what was planned here.
/// </summary>
internal sealed class DocumentGenerator(Schema schema, Dice dice)
{
    private static readonly string[] ForeignDefinitions =
    [
        "type Foreign { a: Int }", "schema { query: Foreign }", "directive @foreign on FIELD", "extend scalar Foreign @foreign",
        "enum Foreign { A }", "extend schema @foreign",
    ];

    private readonly List<string> definitions = [];
    private readonly List<(string Name, CompositeType Type)> fragments = [];
    private readonly Queue<(string Name, CompositeType Type)> openFragments = new();
    private readonly List<CompositeType> composites = [.. schema.Types.OfType<CompositeType>()];
    private OperationVariables variables = new(schema, dice);
    private int names;
    private int budget;

    /// <summary>A document's text.</summary>
    public static string Generate(Schema schema, Dice dice) => new DocumentGenerator(schema, dice).Document();

    private string Document()
    {
        budget = dice.Between(5, 60);
        var operations = dice.Chance(0.75) ? 1 : dice.Between(2, 3);
        for (var i = 0; i < operations; i++)
        {
            Operation(operations);
        }

        if (dice.Errs(3))
        {
            definitions.Add(dice.Pick(ForeignDefinitions));
        }

        if (dice.Errs(3))
        {
            definitions.Add($"fragment Unused{dice.Next(3)} on {TypeName()} {Selections(dice.Pick(composites), 3)}");
        }

        var separator = dice.Chance(0.8) ? "\n" : dice.Pick([" ", "\r\n\r\n", "\n# é 😀\n", "\r", ",\t"]);
        return string.Join(separator, definitions);
    }

    private void Operation(int count)
    {
        OperationType[] kinds = [OperationType.Query, OperationType.Query, OperationType.Mutation, OperationType.Subscription];
        var kind = dice.Pick(kinds);
        var root = schema.RootType(kind);
        if (root is null && !dice.Errs())
        {
            (kind, root) = (OperationType.Query, schema.QueryType);
        }

        variables = new OperationVariables(schema, dice);
        var isSingle = kind == OperationType.Subscription && !dice.Errs(4);
        var body = Selections((CompositeType?)root ?? schema.QueryType!, 0, isSingle ? 1 : 0);
        while (openFragments.TryDequeue(out var fragment))
        {
            Fragment(fragment.Name, fragment.Type);
        }

        var isShorthand = kind == OperationType.Query && variables.IsEmpty && count == 1 && dice.Chance(0.3);
        if (isShorthand)
        {
            definitions.Insert(0, body);
            return;
        }

        var word = kind.ToString().ToLowerInvariant();
        var isNamed = dice.Chance(0.8) || count > 1;
        var name = !isNamed || dice.Errs(2) ? "" : $" Op{(dice.Errs(3) ? 0 : names++)}";
        var description = dice.Chance(0.1) ? $"{Literals.Text(dice)} " : "";
        var directives = Directives(kind switch
        {
            OperationType.Query => DirectiveLocation.Query,
            OperationType.Mutation => DirectiveLocation.Mutation,
            _ => DirectiveLocation.Subscription,
        });
        definitions.Insert(dice.Next(definitions.Count + 1), $"{description}{word}{name}{variables.Text(Directives)}{directives} {body}");
    }

    private void Fragment(string name, CompositeType type)
    {
        var written = dice.Errs(2) ? dice.Pick(fragments).Name : name;
        var description = dice.Chance(0.05) ? $"{Literals.Text(dice)}\n" : "";
        var on = dice.Errs(2) ? TypeName() : type.Name;
        var text = $"{description}fragment {written} on {on}{Directives(DirectiveLocation.FragmentDefinition)} {Selections(type, 2)}";
        definitions.Insert(dice.Next(definitions.Count + 1), text);
    }

    /// <param name="type">What is selected from.</param>
    /// <param name="depth">How deep already.</param>
    /// <param name="count">How many selections; 0: as it falls.</param>
    private string Selections(CompositeType type, int depth, int count = 0)
    {
        var text = new StringBuilder(dice.Chance(0.9) ? "{" : "{\n ");
        var isSingle = count == 1;
        count = count > 0 ? count : dice.Between(1, depth > 4 ? 2 : 4);
        var previous = new List<(string Key, FieldDefinition Field)>();
        for (var i = 0; i < count; i++)
        {
            text.Append(i > 0 || dice.Chance(0.9) ? " " : "\n").Append(Selection(type, depth, isSingle, previous));
        }

        return text.Append(" }").ToString();
    }

    private string Selection(CompositeType type, int depth, bool isSingle, List<(string Key, FieldDefinition Field)> previous)
    {
        budget--;
        var roll = dice.Next(10);
        if (roll == 0 && depth < 6 && !isSingle)
        {
            return InlineFragment(type, depth);
        }

        if ((roll == 1 || (isSingle && roll < 3)) && depth < 6)
        {
            return Spread(type);
        }

        if (roll == 2 && !isSingle)
        {
            return $"{Alias(0.2)}__typename{Directives(DirectiveLocation.Field)}";
        }

        return type is ComplexType complex ? Field(complex, depth, isSingle, previous) : UnionMember(type, depth);
    }

    private string UnionMember(CompositeType type, int depth)
    {
        if (dice.Errs(2))
        {
            return dice.Pick(["name", "id", "__type(name: \"A\") { name }", "unknown { a }"]);
        }

        var members = type.PossibleTypes.Ordinals().ToList();
        var member = schema.ObjectTypes[dice.Pick(members)];
        return depth > 7 ? "__typename" : $"... on {member.Name} {Selections(member, depth + 1)}";
    }

    private string InlineFragment(CompositeType type, int depth)
    {
        var target = OverlappingWith(type);
        var condition = dice.Chance(0.2) ? "" : $" on {(dice.Errs(2) ? TypeName() : target.Name)}";
        return $"...{condition}{Directives(DirectiveLocation.InlineFragment)} {Selections(condition.Length == 0 ? type : target, depth + 1)}";
    }

    private string Spread(CompositeType type)
    {
        var known = fragments.Where(fragment => dice.Errs(8) || fragment.Type == type).ToList();
        string name;
        if (dice.Errs())
        {
            name = $"Missing{dice.Next(3)}";
        }
        else if (known.Count > 0 && openFragments.Count > 0 && dice.Chance(0.3))
        {
            name = dice.Pick(known).Name;
        }
        else
        {
            var target = OverlappingWith(type);
            name = $"F{fragments.Count}";
            fragments.Add((name, target));
            openFragments.Enqueue((name, target));
        }

        return $"...{name}{Directives(DirectiveLocation.FragmentSpread)}";
    }

    private CompositeType OverlappingWith(CompositeType type)
    {
        if (dice.Chance(0.4))
        {
            return type;
        }

        if (type is not ObjectType && type.PossibleTypes.Ordinals().ToList() is { Count: > 0 } possible)
        {
            return schema.ObjectTypes[dice.Pick(possible)];
        }

        return type is ComplexType { Interfaces.IsEmpty: false } complex ? dice.Pick(complex.Interfaces) : type;
    }

    private string Field(ComplexType type, int depth, bool isSingle, List<(string Key, FieldDefinition Field)> previous)
    {
        if (type == schema.QueryType && dice.Chance(0.05))
        {
            return Introspection();
        }

        var field = Choose(type, depth);
        var alias = field.Arguments.IsEmpty && !isSingle ? Alias(0.25) : $"a{names++}: ";
        if (previous.Count > 0 && dice.Errs(3))
        {
            var other = dice.Pick(previous);
            alias = $"{other.Key}: ";
            field = dice.Chance(0.6) ? other.Field : field;
        }

        previous.Add((alias.Length > 0 ? alias[..^2] : field.Name, field));
        var name = dice.Errs() ? dice.Mistype(field.Name) : field.Name;
        var arguments = Arguments(field.Arguments, isDirective: false);
        var location = isSingle && !dice.Errs(4) ? "" : Directives(DirectiveLocation.Field);
        var selections = field.Type.Named is CompositeType composite
            ? dice.Errs(0.5) ? "" : " " + Selections(composite, depth + 1)
            : dice.Errs(0.5) ? " { a }" : "";
        return $"{alias}{name}{arguments}{location}{selections}";
    }

    private string Introspection() => dice.Next(5) switch
    {
        _ when dice.Errs(6) => $"__schema {{ types {{ {Deep("fields { type {")} }} ...S }}",
        4 => $"i{names++}: __schema {{ types {{ possibleTypes {{ ... {{ fields {{ name }} }} }} }} }}",
        0 => "__schema { description types { name kind fields(includeDeprecated: true) { name type { ...on __Type { kind } } } } }",
        1 => $"__type(name: {variables.Value(new NonNullType(schema.FindType("String")!))}) {{ name isOneOf ofType {{ name }} }}",
        2 => "i: __schema { directives { args { defaultValue type { ofType { name } } } locations } }",
        _ => "__type { fields { nam } enumValues(old: 1) { name { a } } }",
    };

    private string Deep(string list)
    {
        var depth = dice.Between(1, 4);
        return string.Concat(Enumerable.Repeat(list + " ", depth)) + "name" + string.Concat(Enumerable.Repeat(" } }", depth));
    }

    private FieldDefinition Choose(ComplexType type, int depth)
    {
        var field = dice.Pick(type.Fields);
        for (var i = 0; i < 30 && field.Type.Named is CompositeType && (depth > 4 || budget < 0); i++)
        {
            field = dice.Pick(type.Fields);
        }

        return depth > 9 && field.Type.Named is CompositeType ? type.FindField("__typename")! : field;
    }

    private string Alias(double probability) => dice.Chance(probability) ? $"a{(dice.Errs(2) ? dice.Next(3) : names++)}: " : "";

    private string Arguments(IReadOnlyList<InputValueDefinition> known, bool isDirective)
    {
        var given = new List<string>();
        foreach (var argument in known)
        {
            var isGiven = argument.IsRequired ? !dice.Errs(2) : dice.Chance(0.3);
            if (isGiven)
            {
                var name = dice.Errs() ? dice.Mistype(argument.Name) : argument.Name;
                var value = isDirective && dice.Chance(0.7)
                    ? Literals.Of(argument.Type, dice)
                    : variables.Value(argument.Type, argument.DefaultValue is not null);
                given.Add($"{name}: {value}");
                if (dice.Errs())
                {
                    given.Add($"{argument.Name}: {variables.Value(argument.Type)}");
                }
            }
        }

        if (dice.Errs(0.4))
        {
            given.Insert(dice.Next(given.Count + 1), $"unknown{dice.Next(3)}: {Literals.Any(dice)}");
        }

        return given.Count == 0 ? "" : $"({string.Join(dice.Chance(0.8) ? ", " : " ", given)})";
    }

    private string Directives(DirectiveLocation location)
    {
        if (!dice.Chance(0.06) && !dice.Errs(0.5))
        {
            return "";
        }

        var fitting = dice.Errs(6)
            ? schema.DirectiveDefinitions.ToList()
            : schema.DirectiveDefinitions.Where(directive => directive.Locations.Contains(location)).ToList();
        if (fitting.Count == 0)
        {
            return dice.Errs(4) ? $" @unknown(a: {Literals.Any(dice)})" : "";
        }

        var text = "";
        var written = dice.Errs(4) ? 2 : 1;
        var chosen = dice.Pick(fitting);
        for (var i = 0; i < written; i++)
        {
            var isConstant = location == DirectiveLocation.VariableDefinition;
            var arguments = isConstant ? ConstantArguments(chosen) : Arguments(chosen.Arguments, isDirective: true);
            text += $" @{(dice.Errs(3) ? dice.Mistype(chosen.Name) : chosen.Name)}{arguments}";
        }

        return text;
    }

    private string ConstantArguments(DirectiveDefinition directive) => directive.Arguments.IsEmpty
        ? ""
        : $"({string.Join(", ", directive.Arguments.Select(argument => $"{argument.Name}: {Literals.Of(argument.Type, dice)}"))})";

    private string TypeName() => dice.Next(4) switch
    {
        0 => dice.Mistype(dice.Pick(schema.Types).Name),
        1 => dice.Pick(composites).Name,
        2 => "Missing",
        _ => dice.Pick(schema.Types).Name,
    };
}
